/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SmExchange SmExchange;
typedef void (*SmHandler) (SmExchange *exchange);

typedef enum
{
  SM_ROUTE_PUBLIC = 1 << 0, /* needs no token */
  SM_ROUTE_DEVICE = 1 << 1, /* for gateway tokens */
  SM_ROUTE_LARGE = 1 << 2,  /* takes bodies of ingest size */
  SM_ROUTE_KEYED = 1 << 3,  /* needs an Idempotency-Key */
  SM_ROUTE_OBJECT = 1 << 4, /* the body is a JSON object, read before the handler is called */
  SM_ROUTE_BESIDE = 1 << 5, /* other methods are on a more general line */
  SM_ROUTE_PHOTO = 1 << 6,  /* takes a photo, which may come over a slow network */
} SmRouteFlags;

/**
 * SmRoute:
 *
 * One line of the table of what the service answers to.
 */
typedef struct
{
  const char *method;     /* GET serves HEAD too */
  const char *path;       /* segments in braces are parameters */
  const char *permission; /* (nullable): what the asker must be allowed; the handler
                           * itself asks when it depends on the parameters */
  guint flags;            /* SmRouteFlags */
  SmHandler handler;
} SmRoute;

#define SM_ROUTE_MAX_PARAMS 3

typedef struct
{
  const SmRoute *route;
  char *params[SM_ROUTE_MAX_PARAMS];
} SmRouteMatch;

gboolean sm_router_match      (const char    *method,
                               const char    *raw_path,
                               SmRouteMatch  *out_match,
                               char         **out_allow,
                               GError       **error);
void     sm_route_match_clear (SmRouteMatch  *match);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmRouteMatch, sm_route_match_clear)

G_END_DECLS
