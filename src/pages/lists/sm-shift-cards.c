/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-cards.h"

#include "sm-call.h"
#include "sm-fault-row.h"
#include "sm-handover-line.h"
#include "sm-level-badge.h"
#include "sm-shift-lists.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_card (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "pending-card");
  if (title != NULL)
    gtk_box_append (GTK_BOX (box), make_label (title, "panel-title"));
  return box;
}

static void
add_text (GtkWidget  *box,
          const char *text,
          const char *css_class)
{
  gtk_box_append (GTK_BOX (box), make_label (text, css_class));
}

/**
 * sm_shift_button_new:
 * @key: (nullable): the key that does the same
 * @refusal: (nullable): why it cannot be done now
 */
GtkWidget *
sm_shift_button_new (const char *label,
                     const char *key,
                     const char *action,
                     const char *refusal)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *text = key != NULL ? g_strdup_printf ("%s  (%s)", label, key) : g_strdup (label);

  gtk_button_set_label (GTK_BUTTON (button), text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
  if (refusal != NULL)
    sm_style_set_tooltip (button, refusal);
  return button;
}

/* --- rows of alarms --- */

static GtkWidget *
make_row (guint       level,
          const char *title,
          const char *detail)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (row), sm_level_badge_new (level));
  gtk_box_append (GTK_BOX (texts), make_label (title, NULL));
  gtk_box_append (GTK_BOX (texts), make_label (detail, "row-subtitle"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  return row;
}

static GtkWidget *
make_alarm_row (SmOps       *ops,
                const SmRow *alarm)
{
  g_autofree char *title = sm_fault_title (alarm);
  g_autofree char *source = sm_fault_source (alarm);
  g_autofree char *raised = sm_shift_when (ops, sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  const char *state = sm_word_of_slug (sm_alarm_states, sm_row_get_text (alarm, SM_ALARM_STATE));
  g_autofree char *name = g_strdup_printf ("%s · %s", title, source);
  g_autofree char *detail = g_strdup_printf ("%s · %s", raised, state);

  return make_row ((guint) sm_row_get_int (alarm, SM_ALARM_LEVEL), name, detail);
}

static void
add_more_than (GtkWidget *card,
               guint      n,
               guint      shown)
{
  g_autofree char *more = NULL;

  if (n <= shown)
    return;
  more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - shown), n - shown);
  add_text (card, more, "row-subtitle");
}

/* --- a desk --- */

static char *
describe_answer (SmOps       *ops,
                 const SmRow *desk)
{
  g_autofree char *since = sm_shift_when (ops, sm_row_get_int (desk, SM_DESK_ANSWERS_SINCE));
  const char *as = sm_row_get_text (desk, SM_DESK_ANSWERS_AS);

  if (as == NULL)
    return g_strdup (_("There is nobody who may see to them."));
  /* Translators: why alarms belong to somebody, and since when */
  return g_strdup_printf (_("%s · since %s"), sm_word_of_slug (sm_answers_as, as), since);
}

static void
count_open (SmOps  *ops,
            gint64  desk_id,
            guint  *counts)
{
  GListModel *alarms = sm_ops_get_alarms (ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      const SmRow *alarm = sm_item_get_row (item);
      gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);

      if (sm_row_get_int (alarm, SM_ALARM_DESK_ID) == desk_id && level >= 1 && level <= 4)
        counts[level]++;
    }
}

static GtkWidget *
make_counts (SmOps  *ops,
             gint64  desk_id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  guint counts[5] = { 0 };

  count_open (ops, desk_id, counts);
  gtk_box_append (GTK_BOX (box), make_label (_("Open alarms"), "row-subtitle"));
  for (guint level = 1; level <= 4; level++)
    {
      GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
      g_autofree char *count = sm_text_count (counts[level]);

      gtk_box_append (GTK_BOX (pair), sm_level_badge_new (level));
      gtk_box_append (GTK_BOX (pair), gtk_label_new (count));
      gtk_box_append (GTK_BOX (box), pair);
    }
  return box;
}

static char *
describe_cover (SmOps       *ops,
                const SmRow *desk)
{
  g_autofree char *cover = NULL;

  if (sm_row_is_null (desk, SM_DESK_COVER_DESK_ID))
    return g_strdup (_("Nobody covers it while it is empty: its alarms stay with who has it."));
  cover = sm_shift_desk_name (ops, sm_row_get_int (desk, SM_DESK_COVER_DESK_ID));
  /* Translators: %s is a desk */
  return g_strdup_printf (_("While it is empty it is covered by: %s"), cover);
}

#define MOST_HELD 6

static int
compare_urgency (gconstpointer a,
                 gconstpointer b)
{
  const SmRow *x = *(SmRow *const *) a, *y = *(SmRow *const *) b;
  gint64 levels = sm_row_get_int (x, SM_ALARM_LEVEL) - sm_row_get_int (y, SM_ALARM_LEVEL);
  gint64 first = sm_row_get_int (x, SM_ALARM_RAISED_AT);
  gint64 second = sm_row_get_int (y, SM_ALARM_RAISED_AT);

  return levels != 0 ? (levels > 0) - (levels < 0) : (first > second) - (first < second);
}

/* The worst first. */
static void
add_held (GtkWidget *card,
          SmOps     *ops,
          gint64     desk_id)
{
  GListModel *alarms = sm_ops_get_alarms (ops);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (sm_row_get_int (sm_item_get_row (item), SM_ALARM_DESK_ID) == desk_id)
        g_ptr_array_add (held, sm_row_ref (sm_item_get_row (item)));
    }
  g_ptr_array_sort (held, compare_urgency);
  for (guint i = 0; i < MIN (held->len, MOST_HELD); i++)
    gtk_box_append (GTK_BOX (card), make_alarm_row (ops, held->pdata[i]));
  add_more_than (card, held->len, MOST_HELD);
}

/* Whoever has this desk has the alarms of another one, as long as nobody sits there:
 * because it covers that, or as the main desk. */
static gboolean
is_held_along (const SmRow *desk,
               const SmRow *other)
{
  const char *as = sm_row_get_text (other, SM_DESK_ANSWERS_AS);

  return sm_row_get_id (other) != sm_row_get_id (desk) && !sm_row_is_null (desk, SM_DESK_HOLDER)
         && g_strcmp0 (sm_row_get_text (other, SM_DESK_ANSWERS),
                       sm_row_get_text (desk, SM_DESK_HOLDER)) == 0
         && (g_strcmp0 (as, "cover") == 0 || g_strcmp0 (as, "main") == 0);
}

static void
add_covered (GtkWidget   *card,
             SmOps       *ops,
             const SmRow *desk)
{
  GListModel *desks = sm_ops_get_desks (ops);

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);
      const SmRow *other = sm_item_get_row (item);
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      if (!is_held_along (desk, other))
        continue;
      name = sm_shift_desk_name (ops, sm_row_get_id (other));
      /* Translators: %s is a desk */
      text = g_strdup_printf (_("It covers, as nobody is there: %s"), name);
      add_text (card, text, "section-title");
      gtk_box_append (GTK_BOX (card), make_counts (ops, sm_row_get_id (other)));
      add_held (card, ops, sm_row_get_id (other));
    }
}

static void
add_absence (GtkWidget   *card,
             SmOps       *ops,
             const SmRow *desk)
{
  g_autofree char *since = sm_shift_when (ops, sm_row_get_int (desk, SM_DESK_AWAY_SINCE));
  g_autofree char *reason = sm_text_clean (sm_row_get_text (desk, SM_DESK_AWAY_REASON));
  g_autofree char *holder = sm_text_clean (sm_row_get_text (desk, SM_DESK_HOLDER));
  /* Translators: a person, a moment */
  g_autofree char *away = g_strdup_printf (_("%s is away since %s"), holder, since);
  g_autofree char *text = reason[0] != '\0' ? g_strdup_printf (_("%s: %s"), away, reason)
                                            : g_strdup (away);

  add_text (card, text, NULL);
}

/** sm_desk_card_new: Whose the alarms of a desk are, and why. */
GtkWidget *
sm_desk_card_new (SmOps *ops,
                  SmRow *desk)
{
  GtkWidget *card = make_card (_("Its alarms belong to"));
  g_autofree char *person = sm_text_clean (sm_row_get_text (desk, SM_DESK_ANSWERS));
  g_autofree char *why = describe_answer (ops, desk);
  g_autofree char *cover = describe_cover (ops, desk);

  add_text (card, person[0] != '\0' ? person : "–", "big-figure");
  add_text (card, why, "row-subtitle");
  gtk_box_append (GTK_BOX (card), make_counts (ops, sm_row_get_id (desk)));
  if (!sm_row_is_null (desk, SM_DESK_AWAY_SINCE))
    add_absence (card, ops, desk);
  add_covered (card, ops, desk);
  add_text (card, cover, "row-subtitle");
  return card;
}

/* --- the roster --- */

#define MOST_ON_ROSTER 6

static int
compare_begins (gconstpointer a,
                gconstpointer b)
{
  gint64 first = sm_row_get_int (*(const SmRow **) a, SM_ROSTER_ENTRY_FROM_AT);
  gint64 second = sm_row_get_int (*(const SmRow **) b, SM_ROSTER_ENTRY_FROM_AT);

  return (first > second) - (first < second);
}

static void
add_entry (GtkWidget   *card,
           SmOps       *ops,
           const SmRow *entry,
           gint64       now)
{
  gint64 begin = sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT);
  g_autofree char *person = sm_text_clean (sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON));
  g_autofree char *next = sm_text_clean (sm_row_get_text (entry, SM_ROSTER_ENTRY_NEXT_IN_LINE));
  g_autofree char *role = sm_shift_role_words (sm_row_get_text (entry, SM_ROSTER_ENTRY_ROLE));
  g_autofree char *title = g_strdup_printf ("%s · %s", person, role);
  g_autofree char *from = begin <= now ? g_strdup (C_ ("time", "now")) : sm_shift_when (ops, begin);
  g_autofree char *to = sm_shift_when (ops, sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT));
  /* Translators: a moment, a moment, a person */
  g_autofree char *detail = next[0] != '\0'
                                ? g_strdup_printf (_("%s to %s · next in line: %s"), from, to, next)
                                /* Translators: two moments */
                                : g_strdup_printf (_("%s to %s"), from, to);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_text (texts, title, begin <= now ? "heading" : NULL);
  add_text (texts, detail, "row-subtitle");
  gtk_box_append (GTK_BOX (card), texts);
}

/** sm_roster_card_new: Who is to sit at a desk now and next. @roster: of SmRow */
GtkWidget *
sm_roster_card_new (SmOps     *ops,
                    gint64     desk_id,
                    GPtrArray *roster,
                    gint64     now)
{
  GtkWidget *card = make_card (_("On the roster, now and next"));
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; i < roster->len; i++)
    if (sm_row_get_int (roster->pdata[i], SM_ROSTER_ENTRY_DESK_ID) == desk_id
        && sm_row_get_int (roster->pdata[i], SM_ROSTER_ENTRY_TO_AT) > now)
      g_ptr_array_add (entries, roster->pdata[i]);
  g_ptr_array_sort (entries, compare_begins);
  for (guint i = 0; i < MIN (entries->len, MOST_ON_ROSTER); i++)
    add_entry (card, ops, entries->pdata[i], now);
  if (entries->len == 0)
    add_text (card, _("Nobody"), "row-subtitle");
  return card;
}

#define MOST_SHOWN 12

static char *
describe_absence (SmOps       *ops,
                  const SmRow *desk,
                  guint        n)
{
  gboolean is_away = !sm_row_is_null (desk, SM_DESK_AWAY_SINCE);
  gint64 from = sm_row_get_int (desk, is_away ? SM_DESK_AWAY_SINCE : SM_DESK_LAST_AWAY_FROM);
  g_autofree char *begin = sm_shift_when (ops, from);
  g_autofree char *end
      = is_away ? g_strdup (C_ ("time", "now"))
                : sm_shift_when (ops, sm_row_get_int (desk, SM_DESK_LAST_AWAY_TO));

  /* Translators: a moment, a moment, how many alarms */
  return g_strdup_printf (ngettext ("%s to %s: %u alarm rang or ended",
                                    "%s to %s: %u alarms rang or ended", n),
                          begin, end, n);
}

/** sm_absence_card_new: What happened while the desk was away. @alarms: of SmRow */
GtkWidget *
sm_absence_card_new (SmOps     *ops,
                     SmRow     *desk,
                     GPtrArray *alarms)
{
  GtkWidget *card = make_card (_("While the desk was away"));
  g_autofree char *when = describe_absence (ops, desk, alarms->len);

  add_text (card, when, "row-subtitle");
  for (guint i = 0; i < MIN (alarms->len, MOST_SHOWN); i++)
    gtk_box_append (GTK_BOX (card), make_alarm_row (ops, alarms->pdata[i]));
  add_more_than (card, alarms->len, MOST_SHOWN);
  return card;
}

/* --- a handover --- */

static const char *
section_title (const char *section)
{
  static const struct { const char *section, *title; } titles[] = {
    { "critical", N_ ("Critical") },
    { "major", N_ ("Major") },
    { "shelved", N_ ("Shelved, and until when") },
    { "suppressed", N_ ("Suppressed, and by what") },
    { "out_of_service", N_ ("Out of service, and until when") },
    { "call", N_ ("Calls, and what came of them") },
    { "window", N_ ("Maintenance windows") },
    { "silent", N_ ("Stations that say nothing") },
    { "failed", N_ ("Messages that did not get through, and to whom") },
    { "covered", N_ ("Desks that are covered from here; their alarms are above") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].section, section))
      return _(titles[i].title);
  return NULL;
}

static char *
line_detail (SmOps                *ops,
             const SmHandoverLine *line)
{
  g_autofree char *when = sm_shift_when (ops, line->at > 0 ? line->at : SM_UNKNOWN);
  g_autofree char *person = sm_text_clean (line->person);
  g_autofree char *text = sm_text_clean (line->text);
  GString *detail = g_string_new (when);

  if (person[0] != '\0')
    g_string_append_printf (detail, " · %s", person);
  if (text[0] != '\0')
    g_string_append_printf (detail, " · %s", text);
  return g_string_free (detail, FALSE);
}

/* Whether its code is one of the catalogue. */
static gboolean
is_of_fault (const SmHandoverLine *line)
{
  return line->code != NULL
         && (g_strcmp0 (line->noun, "alarm") == 0 || g_strcmp0 (line->noun, "work_order") == 0);
}

static void
add_line (GtkWidget            *card,
          SmOps                *ops,
          const SmHandoverLine *line)
{
  g_autofree char *label = g_strcmp0 (line->noun, "desk") == 0
                               ? sm_shift_desk_name (ops, line->id)
                               : sm_text_clean (line->label);
  g_autofree char *detail = line_detail (ops, line);
  g_autofree char *word
      = sm_text_clean (is_of_fault (line) ? sm_word_of_alarm (line->code)
                       : g_strcmp0 (line->noun, "call") == 0
                           ? sm_word_of_slug (sm_call_outcomes, line->code)
                           : line->code);
  g_autofree char *title = word[0] != '\0' && label[0] != '\0'
                               ? g_strdup_printf ("%s · %s", word, label)
                               : g_strdup (word[0] != '\0' ? word : label);

  gtk_box_append (GTK_BOX (card),
                  make_row (line->level >= 1 && line->level <= 4 ? (guint) line->level : 0, title,
                            detail));
}

static void
add_more (GtkWidget            *card,
          const SmHandoverLine *line)
{
  g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more",
                                                     (guint) line->level),
                                           (guint) line->level);

  add_text (card, more, "row-subtitle");
}

static void
add_summary (GtkWidget   *card,
             SmOps       *ops,
             const SmRow *handover)
{
  g_autoptr (GPtrArray) lines
      = sm_handover_lines_read (sm_row_get_text (handover, SM_HANDOVER_SUMMARY));
  const char *section = NULL;

  if (lines->len == 0)
    add_text (card, _("Nothing urgent is open, and nothing is put aside."), NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmHandoverLine *line = lines->pdata[i];
      const char *title = section_title (line->section);

      if (g_str_equal (line->section, "more"))
        {
          add_more (card, line);
          continue;
        }
      if (title != NULL && g_strcmp0 (section, line->section) != 0)
        add_text (card, title, "section-title");
      section = line->section;
      add_line (card, ops, line);
    }
}

static void
add_signature (GtkWidget   *card,
               SmOps       *ops,
               const SmRow *handover,
               guint        person,
               guint        at,
               const char  *who)
{
  g_autofree char *name = sm_text_clean (sm_row_get_text (handover, person));
  g_autofree char *when = sm_shift_when (ops, sm_row_is_null (handover, at)
                                                  ? SM_UNKNOWN
                                                  : sm_row_get_int (handover, at));
  g_autofree char *text
      = sm_row_is_null (handover, at)
            /* Translators: who goes or comes, a person */
            ? g_strdup_printf (_("%s: %s, has not signed"), who, name)
            /* Translators: who goes or comes, a person, a moment */
            : g_strdup_printf (_("%s: %s, signed %s"), who, name, when);

  add_text (card, text, NULL);
}

/** sm_handover_card_new: The document, as it is or was signed. */
GtkWidget *
sm_handover_card_new (SmOps    *ops,
                      SmRow    *handover,
                      gboolean  is_note_pending)
{
  g_autofree char *note = sm_text_clean (sm_row_get_text (handover, SM_HANDOVER_NOTE));
  g_autofree char *written = sm_shift_when (ops, sm_row_get_int (handover,
                                                                 SM_HANDOVER_WRITTEN_AT));
  /* Translators: %s is a moment */
  g_autofree char *as_of = g_strdup_printf (_("How things stood at %s"), written);
  /* Translators: %s is how far it is: "not signed" */
  g_autofree char *title
      = g_strdup_printf (_("Handover: %s"),
                         sm_word_of_slug (sm_handover_states,
                                          sm_row_get_text (handover, SM_HANDOVER_STATE)));
  GtkWidget *card = make_card (title);

  add_signature (card, ops, handover, SM_HANDOVER_FROM_PERSON, SM_HANDOVER_GIVEN_AT,
                 _("Who goes"));
  add_signature (card, ops, handover, SM_HANDOVER_TO_PERSON, SM_HANDOVER_TAKEN_AT,
                 _("Who comes"));
  if (note[0] != '\0' || is_note_pending)
    {
      g_autofree char *text = g_strdup_printf (_("%s: %s"), _("Note"), note);
      g_autofree char *whole
          = g_strconcat (text, is_note_pending ? _(" (waits to be sent)") : "", NULL);

      add_text (card, whole, NULL);
    }
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_text (card, as_of, "row-subtitle");
  add_summary (card, ops, handover);
  return card;
}
