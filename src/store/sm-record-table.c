/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-record-table.h"

/* Whether @field is a column of the table of @klass: both begin with the id. */
static gboolean
is_column (const SmNoun *noun,
           guint         field,
           SmClass       klass)
{
  return noun->fields[field].klass == klass || field == SM_ROW_ID;
}

/** sm_noun_has_live: Whether there is a table `<noun>_live`. */
gboolean
sm_noun_has_live (const SmNoun *noun)
{
  return noun->fields[noun->n_fields - 1].klass == SM_LIVE;
}

static const char *
suffix_of (SmClass klass)
{
  return klass == SM_LIVE ? "_live" : "";
}

static char *
make_put (const SmNoun *noun,
          SmClass       klass)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new (NULL);
  g_autoptr (GString) updates = g_string_new (NULL);

  for (guint i = 0; i < noun->n_fields; i++)
    {
      const char *name = noun->fields[i].name;

      if (!is_column (noun, i, klass))
        continue;
      g_string_append_printf (names, "%s\"%s\"", names->len > 0 ? "," : "", name);
      g_string_append (places, places->len > 0 ? ",?" : "?");
      if (i != SM_ROW_ID)
        g_string_append_printf (updates, "%s\"%s\"=excluded.\"%s\"", updates->len > 0 ? "," : "",
                                name, name);
    }
  return g_strdup_printf ("INSERT INTO \"%s%s\" (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s",
                          noun->name, suffix_of (klass), names->str, places->str, updates->str);
}

/* Made once for a table, constant from then on. */
static const char *
put_sql (const SmNoun *noun,
         SmClass       klass)
{
  static gsize texts[SM_N_NOUNS][SM_LIVE + 1];
  gsize *text = &texts[noun->id][klass];

  if (g_once_init_enter (text))
    g_once_init_leave (text, (gsize) make_put (noun, klass));
  return (const char *) *text;
}

/**
 * sm_record_put:
 * @row: of which the fields of @klass are written
 *
 * Adds the row, or replaces all its columns of that class.
 */
gboolean
sm_record_put (SmConnection  *connection,
               const SmRow   *row,
               SmClass        klass,
               GError       **error)
{
  const SmNoun *noun = sm_row_get_noun (row);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, put_sql (noun, klass),
                                                             error);
  int index = 0;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < noun->n_fields; i++)
    if (is_column (noun, i, klass))
      sm_statement_bind_field (statement, index++, row, i);
  return sm_statement_run (statement, error);
}

/** sm_record_delete: Deletes the row of @id; it need not be there. */
gboolean
sm_record_delete (SmConnection  *connection,
                  const SmNoun  *noun,
                  SmClass        klass,
                  gint64         id,
                  GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s%s\" WHERE id = ?", noun->name,
                                          suffix_of (klass));
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, id);
  return sm_statement_run (statement, error);
}

/**
 * sm_record_columns:
 * @prefix: (nullable): the table's alias
 *
 * Returns: (transfer full): the columns of @klass, with the id, for a SELECT
 *   that sm_record_read() reads
 */
char *
sm_record_columns (const SmNoun *noun,
                   SmClass       klass,
                   const char   *prefix)
{
  GString *columns = g_string_new (NULL);

  for (guint i = 0; i < noun->n_fields; i++)
    if (is_column (noun, i, klass))
      g_string_append_printf (columns, "%s%s%s\"%s\"", columns->len > 0 ? "," : "",
                              prefix != NULL ? prefix : "", prefix != NULL ? "." : "",
                              noun->fields[i].name);
  return g_string_free (columns, FALSE);
}

/**
 * sm_record_read:
 * @index: (inout): the first column; afterwards the one behind the last
 *
 * Reads what sm_record_columns() named into the fields of @row.
 */
void
sm_record_read (SmStatement *statement,
                int         *index,
                SmRow       *row,
                SmClass      klass)
{
  const SmNoun *noun = sm_row_get_noun (row);

  for (guint i = 0; i < noun->n_fields; i++)
    {
      if (!is_column (noun, i, klass))
        continue;
      /* The id of a live row that is not there must not hide the record's. */
      if (i != SM_ROW_ID || !sm_statement_is_null (statement, *index))
        sm_statement_get_field (statement, *index, row, i);
      (*index)++;
    }
}

static char *
make_select (const SmNoun *noun,
             gboolean      with_live,
             const char   *tail)
{
  g_autofree char *record = sm_record_columns (noun, SM_RECORD, "r");
  g_autofree char *live = NULL;

  if (!with_live)
    return g_strdup_printf ("SELECT %s FROM \"%s\" r %s", record, noun->name, tail);
  live = sm_record_columns (noun, SM_LIVE, "l");
  return g_strdup_printf ("SELECT %s,%s FROM \"%s\" r LEFT JOIN \"%s_live\" l ON l.id = r.id %s",
                          record, live, noun->name, noun->name, tail);
}

/* Steps through a statement of make_select(). */
static GPtrArray *
read_rows (SmStatement   *statement,
           const SmNoun  *noun,
           gboolean       joined,
           GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  gboolean has_row;

  while (sm_statement_step (statement, &has_row, error))
    {
      SmRow *row;
      int index = 0;

      if (!has_row)
        return g_steal_pointer (&rows);
      row = sm_row_new (noun);
      g_ptr_array_add (rows, row);
      sm_record_read (statement, &index, row, SM_RECORD);
      if (joined)
        sm_record_read (statement, &index, row, SM_LIVE);
    }
  return NULL;
}

/**
 * sm_record_select:
 * @with_live: also the live fields, if the noun has any
 * @tail: WHERE, ORDER BY and LIMIT; the record's table is r, the live one's l
 * @param: for the one `?` in @tail; %SM_UNKNOWN when it has none
 *
 * Returns: (transfer full) (nullable): an array of SmRow
 */
GPtrArray *
sm_record_select (SmConnection  *connection,
                  const SmNoun  *noun,
                  gboolean       with_live,
                  const char    *tail,
                  gint64         param,
                  GError       **error)
{
  gboolean joined = with_live && sm_noun_has_live (noun);
  g_autofree char *sql = make_select (noun, joined, tail);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  if (param != G_MININT64)
    sm_statement_bind_int (statement, 0, param);
  return read_rows (statement, noun, joined, error);
}

/** sm_record_select_text: Like sm_record_select(), with a text for `?1`. */
GPtrArray *
sm_record_select_text (SmConnection  *connection,
                       const SmNoun  *noun,
                       gboolean       with_live,
                       const char    *tail,
                       const char    *param,
                       GError       **error)
{
  gboolean joined = with_live && sm_noun_has_live (noun);
  g_autofree char *sql = make_select (noun, joined, tail);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, param);
  return read_rows (statement, noun, joined, error);
}

/**
 * sm_record_select_bound: Like sm_record_select(), records only, with as many
 * parameters as @bind gives the statement.
 */
GPtrArray *
sm_record_select_bound (SmConnection  *connection,
                        const SmNoun  *noun,
                        const char    *tail,
                        SmRecordBind   bind,
                        gpointer       user_data,
                        GError       **error)
{
  g_autofree char *sql = make_select (noun, FALSE, tail);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  bind (statement, user_data);
  return read_rows (statement, noun, FALSE, error);
}

/** sm_record_last_id: Returns: the highest id of @noun that there is, 0 without any; -1 with @error */
gint64
sm_record_last_id (SmConnection  *connection,
                   const SmNoun  *noun,
                   GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (max (id), 0) FROM \"%s\"", noun->name);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return -1;
  return has_row ? sm_statement_get_int (statement, 0) : 0;
}
