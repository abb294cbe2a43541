/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-router.h"

#include <string.h>

#include "sm-error.h"
#include "sm-routes.h"

#define MAX_PATH_BYTES 1024

static const SmRoute *const tables[] = {
  sm_api_routes,    sm_operations_routes, sm_session_routes, sm_changes_routes,
  sm_live_routes,   sm_ingest_routes,     sm_audit_routes,   sm_station_routes,
  sm_limit_routes,  sm_command_routes,    sm_guide_routes,   sm_alarm_act_routes,
  sm_alarm_routes,  sm_thing_routes,      sm_past_routes,    sm_carbon_routes,
  sm_work_figures_routes, sm_paper_routes,
  sm_alarm_figures_routes, sm_work_limits_routes, sm_window_routes, sm_desk_routes, sm_pack_routes,
  sm_stats_routes,  sm_dispatch_routes,   sm_tell_routes,    sm_photo_routes,
  sm_work_order_routes, sm_web_routes,    sm_scan_routes,    sm_mine_routes,
  sm_guidance_routes,  sm_row_routes,
};

static gboolean
is_parameter (const char *segment)
{
  return segment[0] == '{';
}

/* Segments are told apart before they are unescaped, so that no escape can make
 * a new one; "." and ".." are names of nothing here and match no route. */
static char **
split_path (const char  *raw_path,
            GError     **error)
{
  g_auto (GStrv) raw = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (strlen (raw_path) > MAX_PATH_BYTES)
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "path-malformed", "The path is too long");
      return NULL;
    }
  raw = g_strsplit (raw_path, "/", -1);
  for (guint i = 0; raw[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (raw[i], "/");

      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        {
          sm_set_error (error, SM_ERROR_MALFORMED, "path-malformed", "The path is not UTF-8");
          return NULL;
        }
      g_strv_builder_add (builder, segment);
    }
  return g_strv_builder_end (builder);
}

static gboolean
path_matches (const char *path,
              char      **segments)
{
  g_auto (GStrv) expected = g_strsplit (path, "/", -1);
  guint i;

  for (i = 0; expected[i] != NULL && segments[i] != NULL; i++)
    if (is_parameter (expected[i]) ? segments[i][0] == '\0'
                                   : strcmp (expected[i], segments[i]) != 0)
      return FALSE;
  return expected[i] == NULL && segments[i] == NULL;
}

static void
take_params (const SmRoute  *route,
             char          **segments,
             SmRouteMatch   *match)
{
  g_auto (GStrv) expected = g_strsplit (route->path, "/", -1);
  guint n = 0;

  for (guint i = 0; expected[i] != NULL; i++)
    if (is_parameter (expected[i]))
      {
        g_assert (n < SM_ROUTE_MAX_PARAMS);
        match->params[n++] = g_strdup (segments[i]);
      }
}

static gboolean
method_matches (const SmRoute *route,
                const char    *method)
{
  return strcmp (route->method, method) == 0 ||
         (strcmp (method, "HEAD") == 0 && strcmp (route->method, "GET") == 0);
}

static void
add_allowed (GString    *allow,
             const char *method)
{
  g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", method);
  if (strcmp (method, "GET") == 0)
    g_string_append (allow, ", HEAD");
}

/* The first line that fits says which resource it is, and only lines with the
 * same path take part from then on; those beside a general one go before it. */
static const SmRoute *
find_route (const char  *method,
            char       **segments,
            GString     *allow)
{
  const char *path = NULL;

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SmRoute *route = tables[t]; route->method != NULL; route++)
      {
        if (path != NULL ? strcmp (path, route->path) != 0 : !path_matches (route->path, segments))
          continue;
        if ((route->flags & SM_ROUTE_BESIDE) == 0)
          path = route->path;
        add_allowed (allow, route->method);
        if (method_matches (route, method))
          return route;
      }
  return NULL;
}

/**
 * sm_router_match:
 * @raw_path: as it came, escapes and all
 * @out_allow: (out) (nullable): what may be asked of a path that exists, when
 *   @method is not among it; %SM_ERROR_METHOD goes with it
 */
gboolean
sm_router_match (const char    *method,
                 const char    *raw_path,
                 SmRouteMatch  *out_match,
                 char         **out_allow,
                 GError       **error)
{
  g_auto (GStrv) segments = split_path (raw_path, error);
  g_autoptr (GString) allow = g_string_new (NULL);
  const SmRoute *route;

  if (segments == NULL)
    return FALSE;
  route = find_route (method, segments, allow);
  if (route != NULL)
    {
      out_match->route = route;
      take_params (route, segments, out_match);
      return TRUE;
    }
  if (allow->len == 0)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "route-unknown", "There is nothing at this path");
      return FALSE;
    }
  g_string_append (allow, ", OPTIONS");
  *out_allow = g_strdup (allow->str);
  sm_set_error (error, SM_ERROR_METHOD, "method-not-allowed", "This path takes %s", allow->str);
  return FALSE;
}

void
sm_route_match_clear (SmRouteMatch *match)
{
  for (guint i = 0; i < SM_ROUTE_MAX_PARAMS; i++)
    g_clear_pointer (&match->params[i], g_free);
  match->route = NULL;
}
