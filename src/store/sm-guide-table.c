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
      "SELECT id, line, weight FROM fault_code_line WHERE code = ?1 AND kind = ?2 ORDER BY position",
      code, error);
  gboolean is_first = TRUE, has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 1, kind);
  while (sm_statement_step (statement, &has_row, error))
    {
      double weight;

      if (!has_row)
        return TRUE;
      if (is_first)
        g_ptr_array_set_size (lines, 0);
      is_first = FALSE;
      weight = sm_statement_is_null (statement, 2) ? 0 : sm_statement_get_real (statement, 2);
      g_ptr_array_add (lines, sm_guide_line_new (sm_statement_get_text (statement, 0),
                                                 sm_statement_get_text (statement, 1), weight));
    }
  return FALSE;
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
                     "SELECT rev, consequence, respond_s, command, edited_at, edited_by "
                     "FROM fault_code_edit WHERE code = ?",
                     code, error);

  if (statement == NULL || !sm_statement_step (statement, out_found, error))
    return FALSE;
  if (!*out_found)
    return TRUE;
  guide->rev = sm_statement_get_int (statement, 0);
  guide->consequence_text = g_strdup (sm_statement_get_text (statement, 1));
  if (!sm_statement_is_null (statement, 2))
    guide->respond_s = sm_statement_get_int (statement, 2);
  if (!sm_statement_is_null (statement, 3))
    guide->command = sm_slug_index (sm_command_kinds, sm_statement_get_text (statement, 3));
  guide->edited_at = sm_statement_get_int (statement, 4);
  guide->edited_by = g_strdup (sm_statement_get_text (statement, 5));
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
          || one->weight != other->weight)
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
          "INSERT INTO fault_code_line (code, kind, position, id, line, weight) "
          "VALUES (?, ?, ?, ?, ?, ?)",
          code, error);

      if (statement == NULL)
        return FALSE;
      sm_statement_bind_text (statement, 1, kind);
      sm_statement_bind_int (statement, 2, i);
      sm_statement_bind_text (statement, 3, line->id);
      sm_statement_bind_text (statement, 4, line->text);
      sm_statement_bind_real (statement, 5, line->weight);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
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
                           "respond_s, command, edited_at, edited_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
                           guide->code, error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 1, guide->rev);
  sm_statement_bind_text (statement, 2, guide->consequence_text);
  if (guide->respond_s == untouched->respond_s)
    sm_statement_bind_null (statement, 3);
  else
    sm_statement_bind_int (statement, 3, guide->respond_s);
  if (guide->command == untouched->command)
    sm_statement_bind_null (statement, 4);
  else
    sm_statement_bind_text (statement, 4, guide->command < SM_N_COMMAND_KINDS
                                              ? sm_command_kinds[guide->command] : "");
  sm_statement_bind_int (statement, 5, guide->edited_at);
  sm_statement_bind_text (statement, 6, guide->edited_by);
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
