/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

int sm_cli_main (int   argc,
                 char *argv[]);
