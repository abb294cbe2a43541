/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-table.h"

#include "sm-bound.h"
#include "sm-error.h"
#include "sm-statement.h"

#include <string.h>

/* What persons changed in the catalogue lies over what it comes with, part by
 * part: what nobody touched is as this version knows it. */

static SmStatement *
prepare_for (SmConnection  *connection,
             const char    *sql,
             const char    *text,
             GError       **error)
{
  SmStatement *statement = sm_connection_prepare (connection, sql, error);

  if (statement != NULL)
    sm_statement_bind_text (statement, 0, text);
  return statement;
}

static gboolean
take_lines (SmConnection  *connection,
            const char    *code,
            const char    *kind,
            GPtrArray     *lines,
            GError       **error)
{
  g_autoptr (SmStatement) statement = prepare_for (
      connection,
      "SELECT id, line, weight, line_zh FROM fault_code_line WHERE code = ?1 AND kind = ?2 "
      "ORDER BY position",
      code, error);
  gboolean is_first = TRUE, has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 1, kind);
  while (sm_statement_step (statement, &has_row, error))
    {
      SmGuideLine *line;
      double weight;

      if (!has_row)
        return TRUE;
      if (is_first)
        g_ptr_array_set_size (lines, 0);
      is_first = FALSE;
      weight = sm_statement_is_null (statement, 2) ? 0 : sm_statement_get_real (statement, 2);
      line = sm_guide_line_new (sm_statement_get_text (statement, 0),
                                sm_statement_get_text (statement, 1), weight);
      line->text_zh = g_strdup (sm_statement_get_text (statement, 3));
      g_ptr_array_add (lines, line);
    }
  return FALSE;
}

/* "reset unlock": which must not be tried. */
static guint
read_forbids (const char *text)
{
  g_auto (GStrv) slugs = g_strsplit (text, " ", -1);
  guint forbids = 0;

  for (guint i = 0; slugs[i] != NULL; i++)
    {
      guint kind = sm_slug_index (sm_command_kinds, slugs[i]);

      if (kind < SM_N_COMMAND_KINDS)
        forbids |= 1u << kind;
    }
  return forbids;
}

static char *
describe_forbids (guint forbids)
{
  GString *text = g_string_new (NULL);

  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if ((forbids & (1u << kind)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sm_command_kinds[kind]);
  return g_string_free (text, FALSE);
}

static void
take_columns (SmStatement  *statement,
              SmFaultGuide *guide)
{
  guide->rev = sm_statement_get_int (statement, 0);
  guide->consequence_text = g_strdup (sm_statement_get_text (statement, 1));
  if (!sm_statement_is_null (statement, 2))
    guide->respond_s = sm_statement_get_int (statement, 2);
  if (!sm_statement_is_null (statement, 3))
    guide->command = sm_slug_index (sm_command_kinds, sm_statement_get_text (statement, 3));
  guide->edited_at = sm_statement_get_int (statement, 4);
  guide->edited_by = g_strdup (sm_statement_get_text (statement, 5));
  guide->consequence_zh = g_strdup (sm_statement_get_text (statement, 6));
  if (!sm_statement_is_null (statement, 7))
    guide->level = (int) sm_statement_get_int (statement, 7);
  if (!sm_statement_is_null (statement, 8))
    guide->forbids = read_forbids (sm_statement_get_text (statement, 8));
}

static gboolean
take_edit (SmConnection  *connection,
           const char    *code,
           SmFaultGuide  *guide,
           gboolean      *out_found,
           GError       **error)
{
  g_autoptr (SmStatement) statement
      = prepare_for (connection,
                     "SELECT rev, consequence, respond_s, command, edited_at, edited_by, "
                     "consequence_zh, level, forbids FROM fault_code_edit WHERE code = ?",
                     code, error);

  if (statement == NULL || !sm_statement_step (statement, out_found, error))
    return FALSE;
  if (*out_found)
    take_columns (statement, guide);
  return TRUE;
}

/* What was right once may leave out what this version knows of the danger. */
static SmFaultGuide *
take_if_sound (SmFaultGuide *edited)
{
  g_autoptr (SmFaultGuide) guide = edited;
  SmFaultGuide *untouched;

  if (sm_fault_guide_check (guide, NULL))
    return g_steal_pointer (&guide);
  untouched = sm_fault_guide_new (guide->code);
  untouched->rev = guide->rev;
  return untouched;
}

/**
 * sm_guide_table_find:
 *
 * Returns: (transfer full) (nullable): what is to be done about @code; NULL
 *   without an error for a code that the catalogue does not have
 */
SmFaultGuide *
sm_guide_table_find (SmConnection  *connection,
                     const char    *code,
                     GError       **error)
{
  const SmFaultCode *known = sm_fault_code_find (code);
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (code);
  gboolean is_edited;

  if (guide == NULL)
    return NULL;
  if (!take_edit (connection, known->code, guide, &is_edited, error))
    return NULL;
  if (!is_edited)
    return g_steal_pointer (&guide);
  if (!take_lines (connection, known->code, "cause", guide->causes, error)
      || !take_lines (connection, known->code, "step", guide->steps, error))
    return NULL;
  return take_if_sound (g_steal_pointer (&guide));
}

/** sm_guide_table_list: Returns: (transfer full) (nullable): of SmFaultGuide, the whole catalogue */
GPtrArray *
sm_guide_table_list (SmConnection  *connection,
                     GError       **error)
{
  g_autoptr (GPtrArray) guides
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_fault_guide_free);
  guint n;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < n; i++)
    {
      SmFaultGuide *guide = sm_guide_table_find (connection, codes[i].code, error);

      if (guide == NULL)
        return NULL;
      g_ptr_array_add (guides, guide);
    }
  return g_steal_pointer (&guides);
}

/**
 * sm_guide_table_list_levels:
 *
 * Returns: (transfer full) (nullable): code of the catalogue to the level that somebody
 *   gave it, of those that have another than they come with
 */
GHashTable *
sm_guide_table_list_levels (SmConnection  *connection,
                            GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT code FROM fault_code_edit WHERE level IS NOT NULL", error);
  g_autoptr (GHashTable) levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      const char *code = has_row ? sm_statement_get_text (statement, 0) : NULL;
      g_autoptr (GError) failed = NULL;
      g_autoptr (SmFaultGuide) guide
          = code != NULL ? sm_guide_table_find (connection, code, &failed) : NULL;

      if (!has_row)
        return g_steal_pointer (&levels);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      /* One that a newer version knew is nothing that we could raise. */
      if (guide != NULL && guide->level != sm_fault_code_find (code)->level)
        g_hash_table_replace (levels, g_strdup (code), GINT_TO_POINTER (guide->level));
    }
  return NULL;
}

static gboolean
lines_equal (const GPtrArray *lines,
             const GPtrArray *others)
{
  if (lines->len != others->len)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const SmGuideLine *one = lines->pdata[i], *other = others->pdata[i];

      if (strcmp (one->id, other->id) != 0 || g_strcmp0 (one->text, other->text) != 0
          || g_strcmp0 (one->text_zh, other->text_zh) != 0 || one->weight != other->weight)
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_lines (SmConnection     *connection,
           const char       *code,
           const char       *kind,
           const GPtrArray  *lines,
           const GPtrArray  *untouched,
           GError          **error)
{
  if (!sm_bound_run (connection, error, "DELETE FROM fault_code_line WHERE code = ? AND kind = ?",
                     "tt", code, kind))
    return FALSE;
  for (guint i = 0; i < lines->len && !lines_equal (lines, untouched); i++)
    {
      const SmGuideLine *line = lines->pdata[i];
      g_autoptr (SmStatement) statement = prepare_for (
          connection,
          "INSERT INTO fault_code_line (code, kind, position, id, line, weight, line_zh) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)",
          code, error);

      if (statement == NULL)
        return FALSE;
      sm_statement_bind_text (statement, 1, kind);
      sm_statement_bind_int (statement, 2, i);
      sm_statement_bind_text (statement, 3, line->id);
      sm_statement_bind_text (statement, 4, line->text);
      sm_statement_bind_real (statement, 5, line->weight);
      sm_statement_bind_text (statement, 6, line->text_zh);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static void
bind_number (SmStatement *statement,
             guint        column,
             gint64       value,
             gint64       untouched)
{
  if (value == untouched)
    sm_statement_bind_null (statement, column);
  else
    sm_statement_bind_int (statement, column, value);
}

static void
bind_columns (SmStatement        *statement,
              const SmFaultGuide *guide,
              const SmFaultGuide *untouched)
{
  g_autofree char *forbids
      = guide->forbids != untouched->forbids ? describe_forbids (guide->forbids) : NULL;
  const char *command
      = guide->command < SM_N_COMMAND_KINDS ? sm_command_kinds[guide->command] : "";

  sm_statement_bind_int (statement, 1, guide->rev);
  sm_statement_bind_text (statement, 2, guide->consequence_text);
  bind_number (statement, 3, guide->respond_s, untouched->respond_s);
  sm_statement_bind_text (statement, 4, guide->command != untouched->command ? command : NULL);
  sm_statement_bind_int (statement, 5, guide->edited_at);
  sm_statement_bind_text (statement, 6, guide->edited_by);
  sm_statement_bind_text (statement, 7, guide->consequence_zh);
  bind_number (statement, 8, guide->level, untouched->level);
  sm_statement_bind_text (statement, 9, forbids);
}

/** sm_guide_table_put: Keeps of @guide, whose code is the catalogue's, what is not as it comes. */
gboolean
sm_guide_table_put (SmConnection        *connection,
                    const SmFaultGuide  *guide,
                    GError             **error)
{
  g_autoptr (SmFaultGuide) untouched = sm_fault_guide_new (guide->code);
  g_autoptr (SmStatement) statement = NULL;

  g_return_val_if_fail (untouched != NULL, FALSE);

  statement = prepare_for (connection,
                           "INSERT OR REPLACE INTO fault_code_edit (code, rev, consequence, "
                           "respond_s, command, edited_at, edited_by, consequence_zh, level, "
                           "forbids) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           guide->code, error);
  if (statement == NULL)
    return FALSE;
  bind_columns (statement, guide, untouched);
  return sm_statement_run (statement, error)
         && put_lines (connection, guide->code, "cause", guide->causes, untouched->causes, error)
         && put_lines (connection, guide->code, "step", guide->steps, untouched->steps, error);
}

/* --- steps that were done --- */

/** sm_step_table_list: Returns: (transfer full) (nullable): of SmGuideStep, what was said of them */
GPtrArray *
sm_step_table_list (SmConnection  *connection,
                    gint64         alarm_id,
                    GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "SELECT step, is_done, note, at, person FROM alarm_step WHERE alarm_id = ? ORDER BY at, step",
      error);
  g_autoptr (GPtrArray) steps = sm_guide_steps_new ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, alarm_id);
  while (sm_statement_step (statement, &has_row, error))
    {
      SmGuideStep *step;

      if (!has_row)
        return g_steal_pointer (&steps);
      step = sm_guide_step_new (sm_statement_get_text (statement, 0), NULL);
      step->is_done = sm_statement_get_int (statement, 1) != 0;
      step->note = g_strdup (sm_statement_get_text (statement, 2));
      step->at = sm_statement_get_int (statement, 3);
      step->person = g_strdup (sm_statement_get_text (statement, 4));
      g_ptr_array_add (steps, step);
    }
  return NULL;
}

/** sm_step_table_put: What was said of that step before stays in the audit. */
gboolean
sm_step_table_put (SmConnection       *connection,
                   gint64              alarm_id,
                   const SmGuideStep  *step,
                   GError            **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO alarm_step (alarm_id, step, is_done, note, at, "
                       "person) VALUES (?, ?, ?, ?, ?, ?)",
                       "ititit", alarm_id, step->id, (gint64) (step->is_done != FALSE), step->note,
                       step->at, step->person);
}
