/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-staff-panel.h"

#include "sm-error.h"
#include "sm-facts.h"
#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-thing-list.h"
#include "sm-thing-panel.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmStaffPanel
{
  GtkWidget parent_instance;

  SmThingPanel *frame;
  SmFacts *facts;
  SmThingList *base; /* of an engineer: the service point */
  GtkWidget *base_section;
  SmThingList *people; /* of a service point: its engineers */
  GtkWidget *people_section;

  SmOps *ops;
  SmNounId noun;
  gint64 id;
};

G_DEFINE_FINAL_TYPE (SmStaffPanel, sm_staff_panel, GTK_TYPE_WIDGET)

static SmRow *
find_engineer (SmOps  *ops,
               gint64  id)
{
  GListModel *engineers = sm_ops_get_engineers (ops);

  for (guint i = 0; i < g_list_model_get_n_items (engineers); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);

      if (sm_item_get_id (item) == id)
        return sm_item_get_row (item);
    }
  return sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_ENGINEER, id);
}

static char *
dup_label (SmStaffPanel *self,
           const SmRow  *row,
           SmNounId      noun,
           guint         field)
{
  return sm_row_is_null (row, field)
             ? NULL
             : sm_directory_dup_label (sm_ops_get_directory (self->ops), noun,
                                       sm_row_get_int (row, field), sm_i18n_language ());
}

/* "swap_robot,cooling": what they can mend, in words. */
static char *
describe_skills (const char *slugs)
{
  g_auto (GStrv) parts = g_strsplit (slugs != NULL ? slugs : "", ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strstrip (parts[i])[0] != '\0')
      g_strv_builder_add (builder, sm_word_of_slug (sm_equipment_kinds, parts[i]));
  words = g_strv_builder_end (builder);
  return g_strjoinv (" · ", words);
}

static void
show_service_point (SmStaffPanel *self,
                    const SmRow  *row)
{
  g_autofree char *name = sm_row_dup_name (row, SM_SERVICE_POINT_NAME, sm_i18n_language ());
  g_autofree char *whose
      = dup_label (self, row, SM_NOUN_ORGANISATION, SM_SERVICE_POINT_ORGANISATION_ID);
  g_autofree char *subtitle
      = sm_wall_join (" · ", _("Service point"), whose != NULL ? whose : "", NULL);
  g_autofree char *skills = describe_skills (sm_row_get_text (row, SM_SERVICE_POINT_SKILLS));
  g_autofree char *radius = sm_row_is_null (row, SM_SERVICE_POINT_RADIUS_M)
                                ? NULL
                                : sm_wall_distance (sm_row_get_int (row, SM_SERVICE_POINT_RADIUS_M));
  const SmFact facts[] = {
    { _("Phone"), sm_row_get_text (row, SM_SERVICE_POINT_PHONE), 0 },
    { _("Opening hours"), sm_row_get_text (row, SM_SERVICE_POINT_HOURS), 0 },
    { _("Radius"), radius, 0 },
    { _("Mends"), skills, 0 },
    { _("Address"), sm_row_get_text (row, SM_SERVICE_POINT_ADDRESS), 0 },
  };

  sm_thing_panel_set_name (self->frame, name, subtitle);
  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

static char *
describe_age (SmStaffPanel *self,
              const SmRow  *row)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  g_autofree char *age = NULL;

  if (sm_row_is_null (row, SM_ENGINEER_REPORTED_AT)
      || sm_row_is_null (row, SM_ENGINEER_LATITUDE))
    return g_strdup (C_ ("position", "not known"));
  age = sm_time_age (MAX (now - sm_row_get_int (row, SM_ENGINEER_REPORTED_AT), 0));
  /* Translators: %s is the age of a position, as in "42 s old" */
  return g_strdup_printf (C_ ("position", "%s old"), age);
}

static const char *
describe_duty (const SmRow *row)
{
  return sm_row_is_null (row, SM_ENGINEER_DUTY)
             ? NULL
             : sm_word_of_slug (sm_duties, sm_row_get_text (row, SM_ENGINEER_DUTY));
}

static void
show_engineer (SmStaffPanel *self,
               const SmRow  *row)
{
  g_autofree char *whose
      = dup_label (self, row, SM_NOUN_ORGANISATION, SM_ENGINEER_ORGANISATION_ID);
  g_autofree char *subtitle
      = sm_wall_join (" · ", _("Engineer"), whose != NULL ? whose : "", NULL);
  g_autofree char *skills = describe_skills (sm_row_get_text (row, SM_ENGINEER_SKILLS));
  g_autofree char *position = describe_age (self, row);
  g_autofree char *load = sm_row_is_null (row, SM_ENGINEER_LOAD)
                              ? NULL
                              : g_strdup_printf ("%d", (int) sm_row_get_int (row, SM_ENGINEER_LOAD));
  const SmFact facts[] = {
    { _("State"), describe_duty (row), 0 },
    { _("Phone"), sm_row_get_text (row, SM_ENGINEER_PHONE), 0 },
    { _("Position"), position, 0 },
    { _("Calls in hand"), load, 0 },
    { _("Mends"), skills, 0 },
  };

  sm_thing_panel_set_name (self->frame, sm_row_get_text (row, SM_ENGINEER_NAME), subtitle);
  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

static void
list_base (SmStaffPanel *self,
           const SmRow  *engineer)
{
  SmRow *point = sm_row_is_null (engineer, SM_ENGINEER_SERVICE_POINT_ID)
                     ? NULL
                     : sm_directory_find_row (sm_ops_get_directory (self->ops),
                                              SM_NOUN_SERVICE_POINT,
                                              sm_row_get_int (engineer,
                                                              SM_ENGINEER_SERVICE_POINT_ID));

  sm_thing_list_begin (self->base);
  if (point != NULL)
    {
      g_autofree char *name = sm_row_dup_name (point, SM_SERVICE_POINT_NAME, sm_i18n_language ());
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (point));
      g_autofree char *link = sm_link_text ("service_point", id, NULL);

      sm_thing_list_add (self->base, name, sm_row_get_text (point, SM_SERVICE_POINT_PHONE), NULL, 0,
                         link);
    }
  gtk_widget_set_visible (self->base_section, sm_thing_list_end (self->base) > 0);
}

static void
list_people (SmStaffPanel *self)
{
  GListModel *engineers = sm_ops_get_engineers (self->ops);

  sm_thing_list_begin (self->people);
  for (guint i = 0; i < g_list_model_get_n_items (engineers); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);
      const SmRow *row = sm_item_get_row (item);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_item_get_id (item));
      g_autofree char *link = sm_link_text ("engineer", id, NULL);

      if (!sm_row_is_null (row, SM_ENGINEER_SERVICE_POINT_ID)
          && sm_row_get_int (row, SM_ENGINEER_SERVICE_POINT_ID) == self->id)
        sm_thing_list_add (self->people, sm_row_get_text (row, SM_ENGINEER_NAME),
                           sm_row_get_text (row, SM_ENGINEER_PHONE), describe_duty (row), 0, link);
    }
  sm_thing_list_end (self->people);
}

static void
sm_staff_panel_dispose (GObject *object)
{
  SmStaffPanel *self = SM_STAFF_PANEL (object);

  if (self->frame != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->frame));
  self->frame = NULL;
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_staff_panel_parent_class)->dispose (object);
}

static void
sm_staff_panel_class_init (SmStaffPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_staff_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_staff_panel_init (SmStaffPanel *self)
{
  self->frame = SM_THING_PANEL (sm_thing_panel_new (_("Loading the service network")));
  gtk_widget_set_parent (GTK_WIDGET (self->frame), GTK_WIDGET (self));
  self->facts = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, NULL, GTK_WIDGET (self->facts));
  self->base = SM_THING_LIST (sm_thing_list_new (""));
  self->base_section
      = sm_thing_panel_add_section (self->frame, _("Service point"), GTK_WIDGET (self->base));
  self->people = SM_THING_LIST (sm_thing_list_new (C_ ("engineers of a service point", "none")));
  self->people_section
      = sm_thing_panel_add_section (self->frame, _("Engineers"), GTK_WIDGET (self->people));
}

void
sm_staff_panel_set_ops (SmStaffPanel *self,
                        SmOps        *ops)
{
  g_return_if_fail (SM_IS_STAFF_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_staff_panel_open: Shows that engineer or service point; 0: none. */
void
sm_staff_panel_open (SmStaffPanel *self,
                     SmNounId      noun,
                     gint64        id)
{
  g_return_if_fail (SM_IS_STAFF_PANEL (self));

  self->noun = noun;
  self->id = id;
  sm_thing_panel_show_loading (self->frame);
  sm_staff_panel_refresh (self);
}

/** sm_staff_panel_refresh: Shows them as they are now; all of it is in memory. */
void
sm_staff_panel_refresh (SmStaffPanel *self)
{
  gboolean is_engineer = self->noun == SM_NOUN_ENGINEER;
  SmRow *row;

  g_return_if_fail (SM_IS_STAFF_PANEL (self));

  if (self->ops == NULL || self->id == 0)
    return;
  row = is_engineer ? find_engineer (self->ops, self->id)
                    : sm_directory_find_row (sm_ops_get_directory (self->ops), self->noun, self->id);
  if (row == NULL)
    {
      g_autoptr (GError) error = NULL;

      sm_set_error (&error, SM_ERROR_NOT_FOUND, "not-found", "nobody has this id");
      sm_thing_panel_show_problem (self->frame, error);
      return;
    }
  if (is_engineer)
    {
      show_engineer (self, row);
      list_base (self, row);
    }
  else
    {
      show_service_point (self, row);
      list_people (self);
      gtk_widget_set_visible (self->base_section, FALSE);
    }
  gtk_widget_set_visible (self->people_section, !is_engineer);
  sm_thing_panel_show_content (self->frame);
}

/** sm_staff_panel_set_stale: Whether what is shown is the last known and not live. */
void
sm_staff_panel_set_stale (SmStaffPanel *self,
                          gboolean      stale)
{
  g_return_if_fail (SM_IS_STAFF_PANEL (self));

  sm_thing_panel_set_stale (self->frame, stale);
}

/** sm_staff_panel_get_label: Returns: the name that is shown, "" while there is none */
const char *
sm_staff_panel_get_label (SmStaffPanel *self)
{
  g_return_val_if_fail (SM_IS_STAFF_PANEL (self), NULL);

  return sm_thing_panel_get_name (self->frame);
}

/** sm_staff_panel_make_link: Returns: (transfer full) (nullable): to who or what is open */
SmLink *
sm_staff_panel_make_link (SmStaffPanel *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (SM_IS_STAFF_PANEL (self), NULL);

  if (self->id == 0)
    return NULL;
  name = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  return sm_link_new (sm_noun_get (self->noun)->name, name);
}
