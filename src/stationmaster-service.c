/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cli.h"

int
main (int   argc,
      char *argv[])
{
  return sm_cli_main (argc, argv);
}
