/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-words.h"

#include "sm-i18n.h"
#include "sm-moment.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What maintenance windows are called, and when they are, in words. */

static char *
label_of (SmOps    *ops,
          SmNounId  noun,
          gint64    id)
{
  char *label = id != SM_UNKNOWN ? sm_directory_dup_label (sm_ops_get_directory (ops), noun, id,
                                                           sm_i18n_language ())
                                 : NULL;

  if (label != NULL && label[0] == '\0')
    g_clear_pointer (&label, g_free);
  return label;
}

/** sm_window_words_scope: Returns: (transfer full): what is worked on */
char *
sm_window_words_scope (SmOps       *ops,
                       const SmRow *window)
{
  const char *slug = sm_row_get_text (window, SM_WINDOW_SCOPE_NOUN);
  const SmNoun *noun = sm_noun_by_name (slug);
  gboolean is_place = noun != NULL && (noun->id == SM_NOUN_STATION || noun->id == SM_NOUN_AREA);
  g_autofree char *station
      = label_of (ops, SM_NOUN_STATION, sm_row_get_int (window, SM_WINDOW_STATION_ID));
  g_autofree char *own = is_place ? label_of (ops, noun->id,
                                              sm_row_get_int (window, SM_WINDOW_SCOPE_ID))
                                  : NULL;
  const char *written = sm_row_get_text (window, SM_WINDOW_SCOPE_LABEL);
  g_autofree char *name = sm_text_clean (own != NULL ? own : written != NULL ? written : "–");
  const char *word = sm_word_of_slug (sm_window_scopes, slug);

  if (is_place)
    return g_strdup_printf ("%s · %s", word, name);
  if (station == NULL)
    return g_strdup_printf ("%s %s", word, name);
  return g_strdup_printf ("%s %s · %s", word, name, station);
}

/** sm_window_words_moment: Returns: (transfer full) (nullable): in the network's time zone */
char *
sm_window_words_moment (SmOps  *ops,
                        gint64  at_us)
{
  return sm_moment_format (sm_status_get_zone (sm_ops_get_status (ops)), at_us);
}

/** sm_window_words_span: Returns: (transfer full): from when until when */
char *
sm_window_words_span (SmOps  *ops,
                      gint64  from_us,
                      gint64  to_us)
{
  g_autofree char *from = sm_window_words_moment (ops, from_us);
  g_autofree char *to = sm_window_words_moment (ops, to_us);

  return g_strdup_printf ("%s – %s", from != NULL ? from : "–", to != NULL ? to : "–");
}

/** sm_window_words_approval: Returns: (transfer full): who agreed to it, or that nobody has */
char *
sm_window_words_approval (const SmRow *window)
{
  const char *person = sm_row_get_text (window, SM_WINDOW_APPROVED_BY);

  if (person != NULL)
    return sm_text_clean (person);
  return g_strdup (sm_row_get_enum (window, SM_WINDOW_STATE) == SM_WINDOW_STATE_PLANNED
                       ? _("waits for a second person")
                       : "–");
}

/** sm_window_parse_moment: Returns: FALSE when @text is no time like 2025-06-16 22:00 */
gboolean
sm_window_parse_moment (SmOps      *ops,
                        const char *text,
                        gint64     *out_us)
{
  return sm_moment_parse (sm_status_get_zone (sm_ops_get_status (ops)), text, out_us);
}
