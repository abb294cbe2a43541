/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The other side of bench-service: a gateway and the apps, in their own process. */

#define APPS_VEHICLES 40000
#define APPS_PER_SECOND 4000
#define APPS_FOLLOWERS 20

/* What it says on its standard output, one line each. */
#define APPS_LOADED "loaded"
#define APPS_ROLLING "rolling"

int bench_apps_main (const char *url, const char *gateway_token);
