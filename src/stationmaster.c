/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-application.h"

int
main (int    argc,
      char **argv)
{
  return sm_application_main (argc, argv);
}
