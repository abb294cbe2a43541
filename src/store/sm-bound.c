/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bound.h"

#include <math.h>

static SmStatement *
prepare_valist (SmConnection  *connection,
                GError       **error,
                const char    *sql,
                const char    *kinds,
                va_list        args)
{
  SmStatement *statement = sm_connection_prepare (connection, sql, error);

  for (int i = 0; statement != NULL && kinds[i] != '\0'; i++)
    switch (kinds[i])
      {
      case 'i':
        sm_statement_bind_int (statement, i, va_arg (args, gint64));
        break;
      case 'r':
        {
          double value = va_arg (args, double);

          if (isnan (value))
            sm_statement_bind_null (statement, i);
          else
            sm_statement_bind_real (statement, i, value);
          break;
        }
      case 't':
        sm_statement_bind_text (statement, i, va_arg (args, const char *));
        break;
      case 'b':
        {
          GBytes *bytes = va_arg (args, GBytes *);
          gsize length;
          gconstpointer data = g_bytes_get_data (bytes, &length);

          sm_statement_bind_blob (statement, i, data, length);
          break;
        }
      default:
        g_assert_not_reached ();
      }
  return statement;
}

/**
 * sm_bound_prepare:
 * @kinds: what each parameter is: i (gint64), r (double; NAN is null), t (text) or b (GBytes)
 * @...: one value each
 *
 * Returns: (transfer full) (nullable): the statement, ready to be stepped
 */
SmStatement *
sm_bound_prepare (SmConnection  *connection,
                  GError       **error,
                  const char    *sql,
                  const char    *kinds,
                  ...)
{
  SmStatement *statement;
  va_list args;

  va_start (args, kinds);
  statement = prepare_valist (connection, error, sql, kinds, args);
  va_end (args);
  return statement;
}

/** sm_bound_run: Like sm_bound_prepare(), and runs it. */
gboolean
sm_bound_run (SmConnection  *connection,
              GError       **error,
              const char    *sql,
              const char    *kinds,
              ...)
{
  g_autoptr (SmStatement) statement = NULL;
  va_list args;

  va_start (args, kinds);
  statement = prepare_valist (connection, error, sql, kinds, args);
  va_end (args);
  return statement != NULL && sm_statement_run (statement, error);
}
