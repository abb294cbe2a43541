/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-papers-page.h"

#include "sm-contact-test.h"
#include "sm-edit.h"
#include "sm-facts.h"
#include "sm-keys.h"
#include "sm-ops-desks.h"
#include "sm-ops-papers.h"
#include "sm-ops-work-orders.h"
#include "sm-paper-acts.h"
#include "sm-paper-form.h"
#include "sm-paper-lists.h"
#include "sm-status-banner.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"
#include "sm-wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static const SmListSpec *const specs[] = { &sm_inspection_list, &sm_incident_list,
                                           &sm_certificate_list, &sm_contact_list,
                                           &sm_problem_list, &sm_complaint_list,
                                           &sm_part_list };
#define N_LISTS G_N_ELEMENTS (specs)
G_STATIC_ASSERT (N_LISTS == SM_N_PAPERS);

/* What a button says, by what is shown; NULL: there is none. */
static const struct
{
  const char *action;
  const char *titles[N_LISTS];
} acts[SM_PAPER_N_ACTS] = {
  [SM_PAPER_ACT_ADD] = { "papers.add",
            { N_ ("_Plan an inspection…"), N_ ("_Report a safety incident…"),
              N_ ("_Note a certificate…"), N_ ("_Note a contact…"), NULL,
              N_ ("_Receive a complaint…"), N_ ("_Note a part…") } },
  [SM_PAPER_ACT_FILL] = { "papers.fill",
                          { N_ ("_Fill in…"), N_ ("Cause and _measures…"), N_ ("_Renew…"),
                            N_ ("_Change…"), N_ ("Cause and _solution…"),
                            N_ ("What was _found…"), N_ ("_Count…") } },
  [SM_PAPER_ACT_CLOSE] = { "papers.close",
                           { N_ ("C_lose"), N_ ("C_lose"), NULL, NULL,
                             N_ ("Confirm that it is so_lved"),
                             N_ ("_Uphold: a work order"), NULL } },
  [SM_PAPER_ACT_TEST] = { "papers.test", { NULL, NULL, NULL, N_ ("_Try it…"), NULL, NULL, NULL } },
  [SM_PAPER_ACT_CALL_OFF] = { "papers.call-off",
                              { N_ ("Call _off…"), NULL, N_ ("Take _away…"), N_ ("Take _away…"),
                                NULL, N_ ("Re_ject…"), NULL } },
};

struct _SmPapersPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkStack *stack;
  SmListView *lists[N_LISTS];
  GtkWidget *buttons[SM_PAPER_N_ACTS];
  GtkWidget *bottom;
  SmFacts *facts;
  SmStatusBanner *ending;  /* certificates that do not hold for long */
  SmStatusBanner *problem; /* what was not taken */
  GCancellable *cancellable;
  SmTicker *ticker; /* while mapped */
};

G_DEFINE_FINAL_TYPE (SmPapersPage, sm_papers_page, SM_TYPE_PAGE)

/* --- what is shown --- */

static guint
get_shown (SmPapersPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < N_LISTS; i++)
    if (g_strcmp0 (specs[i]->name, name) == 0)
      return i;
  return 0;
}

static SmListView *
get_view (SmPapersPage *self)
{
  return self->lists[get_shown (self)];
}

/* As the service has it.  Returns: (transfer none) (nullable) */
static SmRow *
get_chosen (SmPapersPage *self)
{
  SmItem *item = sm_table_get_selected (sm_list_view_get_table (get_view (self)));

  return item != NULL ? sm_item_get_row (item) : NULL;
}

/* Why that cannot be done now, in words; NULL: it can. */
static const char *
refusal_of (SmPapersPage *self,
            SmPaperAct    act)
{
  SmRow *chosen = get_chosen (self);
  g_autoptr (SmRow) shown = chosen != NULL ? sm_ops_cover_row (self->ops, chosen) : NULL;

  if (acts[act].titles[get_shown (self)] == NULL)
    return sm_slug_what ("permission-missing");
  return sm_paper_refuse (self->ops, act, &sm_papers[get_shown (self)], shown);
}

static void
show_acts (SmPapersPage *self)
{
  guint shown = get_shown (self);

  for (guint i = 0; i < SM_PAPER_N_ACTS; i++)
    {
      const char *refusal = refusal_of (self, i);
      const char *title = acts[i].titles[shown];

      gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].action, refusal == NULL);
      gtk_widget_set_visible (self->buttons[i],
                              title != NULL
                                  && sm_ops_may (self->ops,
                                                 sm_paper_permission (&sm_papers[shown], i)));
      gtk_widget_set_tooltip_text (self->buttons[i], refusal);
      if (title != NULL
          && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->buttons[i])), _(title)) != 0)
        gtk_button_set_label (GTK_BUTTON (self->buttons[i]), _(title));
    }
}

/* A score and its note stand in one line. */
static char *
part_words (SmPapersPage *self,
            const SmRow  *row,
            guint         part)
{
  g_autofree char *score = sm_paper_field_words (self->ops, row, SM_INSPECTION_SCORE_OF (part));
  g_autofree char *note = sm_paper_field_words (self->ops, row, SM_INSPECTION_NOTE_OF (part));

  if (score == NULL || note == NULL)
    return g_strdup (score != NULL ? score : note);
  return g_strdup_printf ("%s · %s", score, note);
}

static void
show_facts (SmPapersPage *self,
            const SmRow  *row,
            gboolean      is_pending)
{
  const SmNoun *noun = sm_row_get_noun (row);
  const SmPaper *paper = sm_paper_get (noun->id);
  g_autoptr (GArray) facts = g_array_new (FALSE, FALSE, sizeof (SmFact));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      gboolean is_part = noun->id == SM_NOUN_INSPECTION && i >= SM_INSPECTION_SCORE_OF (0)
                         && i <= SM_INSPECTION_NOTE_OF (SM_INSPECTION_N_S - 1);
      guint part = is_part ? (i - SM_INSPECTION_SCORE_OF (0)) / 2 : 0;
      SmFact fact = { sm_paper_field_title (paper, i), NULL, 0, NULL };

      if ((is_part && i == SM_INSPECTION_NOTE_OF (part)) || sm_paper_is_hidden (noun, i))
        continue;
      fact.value = is_part ? part_words (self, row, part) : sm_paper_field_words (self->ops, row, i);
      g_ptr_array_add (texts, (char *) fact.value);
      g_array_append_val (facts, fact);
    }
  if (noun->id == SM_NOUN_CERTIFICATE || noun->id == SM_NOUN_COMPLAINT)
    {
      gboolean is_complaint = noun->id == SM_NOUN_COMPLAINT;
      SmFact fact = { is_complaint ? _("To be decided") : _("Whether it holds"),
                      is_complaint ? sm_paper_wait_words (self->ops, row)
                                   : sm_paper_valid_words (self->ops, row),
                      0, NULL };

      g_ptr_array_add (texts, (char *) fact.value);
      g_array_append_val (facts, fact);
    }
  if (is_pending)
    {
      SmFact fact = { _("Pending"), _("What you changed is on its way to the service"), 0, NULL };

      g_array_append_val (facts, fact);
    }
  sm_facts_set (self->facts, (const SmFact *) facts->data, facts->len);
}

static void
show_ending (SmPapersPage *self)
{
  guint n = sm_ops_may_read (self->ops, sm_noun_get (SM_NOUN_CERTIFICATE))
                ? sm_paper_count_ending (self->ops) : 0;
  g_autofree char *title
      = n > 0 ? g_strdup_printf (
                    ngettext ("%u certificate has expired or ends within 30 days.",
                              "%u certificates have expired or end within 30 days.", n), n)
              : NULL;

  sm_status_banner_set (self->ending, title,
                        n > 0 ? _("Who has none that holds is not given work that needs it, "
                                  "unless somebody says why.")
                              : NULL);
}

static void
show_chosen (SmPapersPage *self)
{
  SmRow *chosen = get_chosen (self);
  g_autoptr (SmRow) shown = chosen != NULL ? sm_ops_cover_row (self->ops, chosen) : NULL;

  gtk_widget_set_visible (self->bottom, shown != NULL);
  if (shown != NULL)
    show_facts (self, shown, shown != chosen);
  show_acts (self);
  show_ending (self);
}

static void
tick_cb (gpointer listener)
{
  SmPapersPage *self = listener;

  sm_list_view_refresh (get_view (self));
  show_chosen (self);
}

/* --- doing it --- */

static void
show_problem (SmPapersPage *self,
              const GError *error)
{
  g_autofree char *sentence = error != NULL ? sm_error_sentence (error) : NULL;

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sm_status_banner_set (self->problem, error != NULL ? _("That was not taken") : NULL, sentence);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmPapersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_ops_paper_finish (SM_OPS (source), result, &error);

  show_problem (self, error);
}

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmPapersPage) self = user_data;
  g_autoptr (GError) error = NULL;

  sm_ops_edit_finish (SM_OPS (source), result, &error);
  show_problem (self, error);
}

static void
take_new_cb (GObject     *user,
             const SmRow *seen,
             SmRow       *wanted)
{
  SmPapersPage *self = SM_PAPERS_PAGE (user);

  sm_ops_create_paper_async (self->ops, wanted, self->cancellable, acted_cb, g_object_ref (self));
}

/* Each field on its own: two who go through a station together do not disturb each other. */
static void
edit (SmPapersPage *self,
      const SmRow  *seen,
      const SmRow  *wanted)
{
  const SmPaper *paper = sm_paper_get (sm_row_get_noun (seen)->id);
  const SmNoun *noun = sm_noun_get (paper->noun);
  g_autoptr (SmRow) before = sm_row_copy (seen);
  GPtrArray *edits = sm_edits_new ();

  for (guint i = 0; i < paper->n_fields; i++)
    {
      const char *name = noun->fields[paper->fields[i].field].name;
      g_autofree char *base = sm_row_dup_part (before, name);
      g_autofree char *mine = sm_row_dup_part (wanted, name);
      gboolean is_state = g_str_equal (name, "state") || g_str_equal (name, "end_reason");

      if (paper->fields[i].is_changeable && !is_state)
        sm_edits_add (edits, name, base, mine);
    }
  sm_ops_edit_async (self->ops, before, edits, self->cancellable, edited_cb, g_object_ref (self));
}

static void
take_change_cb (GObject     *user,
                const SmRow *seen,
                SmRow       *wanted)
{
  SmPapersPage *self = SM_PAPERS_PAGE (user);

  if (sm_paper_waits (&sm_papers[get_shown (self)], SM_PAPER_ACT_FILL))
    edit (self, seen, wanted);
  else
    sm_ops_change_paper_async (self->ops, sm_row_get_id (seen), sm_row_get_int (seen, SM_ROW_SEQ),
                               wanted, self->cancellable, acted_cb, g_object_ref (self));
}

/* @reason: (nullable); @ends_series: it does not come again */
static void
end (SmPapersPage *self,
     SmRow        *chosen,
     const char   *state,
     const char   *reason,
     gboolean      ends_series)
{
  g_autoptr (SmRow) shown = sm_ops_cover_row (self->ops, chosen);
  g_autofree char *before = sm_row_dup_part (shown, "state");
  GPtrArray *edits = sm_edits_new ();

  sm_edits_add (edits, "state", before, state);
  if (reason != NULL)
    {
      gboolean is_complaint = sm_row_get_noun (shown)->id == SM_NOUN_COMPLAINT;
      const char *field = is_complaint ? "reason" : "end_reason";
      g_autofree char *was = is_complaint ? sm_row_dup_part (shown, field) : NULL;

      sm_edits_add (edits, field, was, reason);
    }
  if (ends_series)
    {
      g_autofree char *days = sm_row_dup_part (shown, "every_days");

      sm_edits_add (edits, "every_days", days, NULL);
    }
  sm_ops_edit_async (self->ops, shown, edits, self->cancellable, edited_cb, g_object_ref (self));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);
  static const char *const headings[] = { N_ ("Plan an inspection"), N_ ("Report a safety incident"),
                                          N_ ("Note a certificate"), N_ ("Note a contact"), NULL,
                                          N_ ("Receive a complaint"),
                                          N_ ("Note where a part lies") };

  if (refusal_of (self, SM_PAPER_ACT_ADD) == NULL)
    sm_paper_form_ask (widget, self->ops, &sm_papers[get_shown (self)], NULL,
                       _(headings[get_shown (self)]), take_new_cb, self);
}

static void
fill_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);
  static const char *const headings[] = { N_ ("Go through a station"), N_ ("Cause and measures"),
                                          N_ ("Renew a certificate"), N_ ("Change a contact"),
                                          N_ ("Cause and solution"), N_ ("What came to light"),
                                          N_ ("Count parts") };
  g_autoptr (SmRow) shown = NULL;

  if (refusal_of (self, SM_PAPER_ACT_FILL) != NULL)
    return;
  shown = sm_ops_cover_row (self->ops, get_chosen (self));
  sm_paper_form_ask (widget, self->ops, &sm_papers[get_shown (self)], shown,
                     _(headings[get_shown (self)]), take_change_cb, self);
}

static const char *
end_of (SmNounId noun)
{
  return noun == SM_NOUN_PROBLEM_RECORD ? "solved" : noun == SM_NOUN_COMPLAINT ? "upheld" : "closed";
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);

  if (refusal_of (self, SM_PAPER_ACT_CLOSE) == NULL)
    end (self, get_chosen (self), end_of (specs[get_shown (self)]->noun), NULL, FALSE);
}

static void
ended_cb (GObject    *user,
          SmRow      *row,
          const char *reason,
          gboolean    ends_series)
{
  SmPapersPage *self = SM_PAPERS_PAGE (user);

  if (sm_row_get_noun (row)->id == SM_NOUN_INSPECTION)
    end (self, row, "cancelled", reason, ends_series);
  else if (sm_row_get_noun (row)->id == SM_NOUN_COMPLAINT)
    end (self, row, "rejected", reason, FALSE);
  else
    sm_ops_remove_paper_async (self->ops, row, self->cancellable, acted_cb, g_object_ref (self));
}

static void
call_off_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);
  g_autoptr (SmRow) shown = NULL;

  if (refusal_of (self, SM_PAPER_ACT_CALL_OFF) != NULL)
    return;
  shown = sm_ops_cover_row (self->ops, get_chosen (self));
  sm_paper_ask_to_end (widget, shown, ended_cb);
}

static void
test_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);

  if (refusal_of (self, SM_PAPER_ACT_TEST) == NULL)
    sm_contact_test_open (widget, self->ops, get_chosen (self));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_list_view_find (get_view (SM_PAPERS_PAGE (widget)));
}

/* --- a page --- */

static void
sm_papers_page_map (GtkWidget *widget)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);

  GTK_WIDGET_CLASS (sm_papers_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  tick_cb (self);
}

static void
sm_papers_page_unmap (GtkWidget *widget)
{
  SmPapersPage *self = SM_PAPERS_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_papers_page_parent_class)->unmap (widget);
}

/* A complaint about that order: where it was, and with which truck, is known. */
static void
ask_about (SmPapersPage *self,
           const char   *number)
{
  g_autoptr (SmRow) first = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));
  SmItem *item = sm_ops_find_work_order (self->ops, number);
  const SmRow *order = item != NULL ? sm_item_get_row (item) : NULL;
  GtkWidget *form;

  if (refusal_of (self, SM_PAPER_ACT_ADD) != NULL)
    return;
  sm_row_set_text (first, SM_COMPLAINT_ORDER_NUMBER, number);
  if (order != NULL && !sm_row_is_null (order, SM_WORK_ORDER_STATION_ID))
    sm_row_set_int (first, SM_COMPLAINT_STATION_ID, sm_row_get_int (order, SM_WORK_ORDER_STATION_ID));
  if (order != NULL && !sm_row_is_null (order, SM_WORK_ORDER_VEHICLE_ID))
    sm_row_set_int (first, SM_COMPLAINT_VEHICLE_ID, sm_row_get_int (order, SM_WORK_ORDER_VEHICLE_ID));
  form = sm_paper_form_ask (GTK_WIDGET (self), self->ops, sm_paper_get (SM_NOUN_COMPLAINT), NULL,
                            _("Receive a complaint"), take_new_cb, self);
  sm_paper_form_fill (form, first);
}

static gboolean
sm_papers_page_show_link (SmPage       *page,
                          const SmLink *link)
{
  SmPapersPage *self = SM_PAPERS_PAGE (page);
  g_autoptr (SmLink) plain = NULL;
  const char *about;

  if (sm_link_get_name (link) != NULL || !sm_papers_page_has_view (sm_link_get_page (link)))
    return FALSE;
  about = sm_link_get (link, "about");
  plain = about != NULL ? sm_link_new (sm_link_get_page (link), NULL) : sm_link_copy (link);
  gtk_stack_set_visible_child_name (self->stack, sm_link_get_page (link));
  sm_list_view_show_link (get_view (self), plain);
  if (about != NULL && specs[get_shown (self)]->noun == SM_NOUN_COMPLAINT)
    ask_about (self, about);
  return TRUE;
}

static char *
sm_papers_page_dup_link (SmPage *page)
{
  return sm_list_view_dup_link (get_view (SM_PAPERS_PAGE (page)));
}

static const char *
sm_papers_page_describe_missing (SmPage *page)
{
  SmPapersPage *self = SM_PAPERS_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  return sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole ? NULL : "the rows";
}

static void
sm_papers_page_dispose (GObject *object)
{
  SmPapersPage *self = SM_PAPERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_papers_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "<Control>n", "papers.add", N_ ("Plan, report or note a new one") },
  { "e", "papers.fill", N_ ("Fill in what is selected") },
  { "c", "papers.close", N_ ("Close what is selected") },
  { "t", "papers.test", N_ ("Try whether a person is reached") },
  { "Delete", "papers.call-off", N_ ("Call off or take away what is selected") },
  { "<Control>f", "papers.find", N_ ("Find in the list") },
};

static void
sm_papers_page_class_init (SmPapersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_papers_page_dispose;
  widget_class->map = sm_papers_page_map;
  widget_class->unmap = sm_papers_page_unmap;
  page_class->show_link = sm_papers_page_show_link;
  page_class->dup_link = sm_papers_page_dup_link;
  page_class->describe_missing = sm_papers_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "papers.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "papers.fill", NULL, fill_action);
  gtk_widget_class_install_action (widget_class, "papers.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "papers.call-off", NULL, call_off_action);
  gtk_widget_class_install_action (widget_class, "papers.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "papers.find", NULL, find_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_papers_page_list_keys: @list: gets the keys of the page */
void
sm_papers_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_papers_page_init (SmPapersPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->ending = SM_STATUS_BANNER (sm_status_banner_new ());
  self->problem = SM_STATUS_BANNER (sm_status_banner_new ());
}

static GtkWidget *
make_acts (SmPapersPage *self)
{
  GtkWidget *box = sm_wrap_box_new (6);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_add_css_class (box, "window-acts");
  sm_wrap_box_append (SM_WRAP_BOX (box), switcher);
  for (guint i = 0; i < SM_PAPER_N_ACTS; i++)
    {
      self->buttons[i] = gtk_button_new_with_mnemonic ("");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), acts[i].action);
      sm_wrap_box_append (SM_WRAP_BOX (box), self->buttons[i]);
    }
  gtk_widget_add_css_class (self->buttons[SM_PAPER_ACT_ADD], "suggested-action");
  return box;
}

static GtkWidget *
make_bottom (SmPapersPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->facts = SM_FACTS (sm_facts_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "window-facts");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->facts));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  self->bottom = scrolled;
  return scrolled;
}

static void
add_lists (SmPapersPage *self,
           SmViewState  *state)
{
  for (guint i = 0; i < N_LISTS; i++)
    {
      GtkWidget *view = sm_list_view_new (self->ops, state, specs[i]);

      self->lists[i] = SM_LIST_VIEW (view);
      g_signal_connect_object (view, "open", G_CALLBACK (sm_page_emit_open), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (sm_list_view_get_table (self->lists[i]), "selection-changed",
                               G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
      gtk_stack_add_titled (self->stack, view, specs[i]->name,
                            sm_list_view_get_title (self->lists[i]));
    }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
}

/** sm_papers_page_new: @state: (nullable): where filters, columns and sort are remembered */
GtkWidget *
sm_papers_page_new (SmOps       *ops,
                    SmViewState *state,
                    const char  *title)
{
  SmPapersPage *self = g_object_new (SM_TYPE_PAPERS_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ending));
  gtk_box_append (GTK_BOX (box), make_acts (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), make_bottom (self));
  adw_bin_set_child (ADW_BIN (self), box);
  add_lists (self, state);
  show_chosen (self);
  return GTK_WIDGET (self);
}

/** sm_papers_page_has_view: Whether links to @name are shown here. */
gboolean
sm_papers_page_has_view (const char *name)
{
  for (guint i = 0; i < N_LISTS; i++)
    if (g_str_equal (specs[i]->name, name))
      return TRUE;
  return FALSE;
}
