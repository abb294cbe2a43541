/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-catalogue-words.h"

#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/** sm_catalogue_words_causes: Returns: (transfer full): each with its share, likeliest first */
char *
sm_catalogue_words_causes (const SmFaultGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < guide->causes->len; i++)
    {
      const SmGuideLine *cause = guide->causes->pdata[i];
      g_autofree char *words = sm_text_clean (sm_guide_line_get_text (cause));

      /* Translators: a probable cause, and how much of all such faults it was */
      g_string_append_printf (text, _("%s%s, %d %%"), i > 0 ? " · " : "", words,
                              (int) (cause->weight * 100 + 0.5));
    }
  return g_string_free (text, FALSE);
}

/** sm_catalogue_words_steps: Returns: (transfer full): in their order, with numbers */
char *
sm_catalogue_words_steps (const SmFaultGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < guide->steps->len; i++)
    {
      g_autofree char *words = sm_text_clean (sm_guide_line_get_text (guide->steps->pdata[i]));

      g_string_append_printf (text, "%s%u. %s", i > 0 ? "  " : "", i + 1, words);
    }
  return g_string_free (text, FALSE);
}

/** sm_catalogue_words_forbids: Returns: (transfer full): commands that must not be tried, or "–" */
char *
sm_catalogue_words_forbids (const SmFaultGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if ((guide->forbids >> kind) & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              sm_word_of_slug (sm_command_kinds, sm_command_kinds[kind]));
  if (text->len == 0)
    g_string_append (text, "–");
  return g_string_free (text, FALSE);
}

/** sm_catalogue_words_command: Returns: (transfer none): what may be tried */
const char *
sm_catalogue_words_command (const SmFaultGuide *guide)
{
  return guide->command < SM_N_COMMAND_KINDS
             ? sm_word_of_slug (sm_command_kinds, sm_command_kinds[guide->command]) : "–";
}

/** sm_catalogue_words_part: Returns: (transfer none): of which kind of equipment it is a fault */
const char *
sm_catalogue_words_part (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);

  return known != NULL && known->equipment_kind != SM_ENUM_UNKNOWN
             ? sm_word_of_slug (sm_equipment_kinds, sm_equipment_kinds[known->equipment_kind]) : "–";
}

/** sm_catalogue_words_edited: Returns: (transfer full) (nullable): by whom and when; NULL: nobody */
char *
sm_catalogue_words_edited (SmOps              *ops,
                           const SmFaultGuide *guide)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *person = NULL;
  g_autofree char *moment = NULL;

  if (guide->edited_at <= 0 || guide->edited_by == NULL)
    return NULL;
  utc = g_date_time_new_from_unix_utc (guide->edited_at / SM_SECOND);
  if (utc == NULL)
    return NULL;
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  person = sm_text_clean (guide->edited_by);
  moment = g_date_time_format (local, "%Y-%m-%d %H:%M");
  return g_strdup_printf ("%s · %s", person, moment);
}
