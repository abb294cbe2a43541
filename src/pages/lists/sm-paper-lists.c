/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-paper-lists.h"

#include "sm-i18n.h"
#include "sm-list-words.h"
#include "sm-moment.h"
#include "sm-ops-papers.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* Inspections, safety incidents, certificates, contacts, problems and complaints as tables, and
 * what the fields of all papers are called. */

/* --- words --- */

static const struct
{
  const char *field;
  const char *title;
} titles[] = {
  { "number", N_ ("Number") },
  { "station_id", N_ ("Station") },
  { "engineer_id", N_ ("Engineer") },
  { "template", N_ ("Looked through as") },
  { "kind", N_ ("Kind") },
  { "state", N_ ("State") },
  { "planned_at", N_ ("Planned for") },
  { "planned_by", N_ ("Planned by") },
  { "inspector", N_ ("Who is to do it") },
  { "every_days", N_ ("Again after so many days") },
  { "score", N_ ("Score") },
  { "findings", N_ ("Findings") },
  { "closed_at", N_ ("Closed") },
  { "closed_by", N_ ("Closed by") },
  { "end_reason", N_ ("Why so") },
  { "level", N_ ("Level") },
  { "happened_at", N_ ("Happened") },
  { "people_hurt", N_ ("Persons hurt") },
  { "text", N_ ("What happened") },
  { "reported_at", N_ ("Reported") },
  { "reported_by", N_ ("Reported by") },
  { "cause", N_ ("Cause") },
  { "measures", N_ ("What is done about it") },
  { "issuer", N_ ("Issued by") },
  { "issued_on", N_ ("Issued on") },
  { "expires_at", N_ ("Valid until") },
  { "warned_at", N_ ("Told that it ends soon") },
  { "ended_at", N_ ("Told that it has ended") },
  { "organisation_id", N_ ("Company") },
  { "person", N_ ("Person, as they sign in") },
  { "language", N_ ("Language") },
  { "sms", N_ ("Number for messages") },
  { "email", N_ ("E-mail") },
  { "voice", N_ ("Number for calls") },
  { "code", N_ ("Fault") },
  { "target_label", N_ ("Where") },
  { "orders", N_ ("Work orders") },
  { "first_sign_at", N_ ("First sign") },
  { "opened_at", N_ ("A problem since") },
  { "solution", N_ ("What was done for good") },
  { "solved_at", N_ ("Written down") },
  { "solved_by", N_ ("Written down by") },
  { "confirmed_at", N_ ("Confirmed") },
  { "confirmed_by", N_ ("Confirmed by") },
  { "vehicle_id", N_ ("Vehicle") },
  { "order_number", N_ ("Number of the order") },
  { "complainant", N_ ("Who complains") },
  { "received_at", N_ ("Received") },
  { "received_by", N_ ("Received by") },
  { "reason", N_ ("What came to light") },
  { "decided_at", N_ ("Decided") },
  { "decided_by", N_ ("Decided by") },
  { "work_order_number", N_ ("Work order") },
  { "name", N_ ("What it is called") },
  { "service_point_id", N_ ("Service point") },
  { "quantity", N_ ("How many there are") },
  { "minimum", N_ ("At least") },
  { "changed_at", N_ ("Changed") },
  { "changed_by", N_ ("Changed by") },
};

/** sm_paper_field_title: Returns: (transfer none): what a field is called */
const char *
sm_paper_field_title (const SmPaper *paper,
                      guint          field)
{
  const char *name = sm_noun_get (paper->noun)->fields[field].name;

  if (paper->noun == SM_NOUN_PART && field == SM_PART_CODE)
    return _("Part number");
  if (paper->noun == SM_NOUN_PART && field == SM_PART_ENGINEER_ID)
    return _("In the van of");
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].field, name))
      return _(titles[i].title);
  for (guint s = 0; paper->noun == SM_NOUN_INSPECTION && s < SM_INSPECTION_N_S; s++)
    if (field == SM_INSPECTION_SCORE_OF (s) || field == SM_INSPECTION_NOTE_OF (s))
      return sm_word_of_slug (sm_inspection_parts, sm_inspection_parts[s]);
  return name;
}

/** sm_paper_field_noun: Returns: what a field names; %SM_N_NOUNS: it is a value */
SmNounId
sm_paper_field_noun (const SmPaper *paper,
                     guint          field)
{
  static const struct
  {
    const char *field;
    SmNounId noun;
  } names[] = {
    { "vehicle_id", SM_NOUN_VEHICLE },
    { "engineer_id", SM_NOUN_ENGINEER },
    { "service_point_id", SM_NOUN_SERVICE_POINT },
    { "organisation_id", SM_NOUN_ORGANISATION },
  };
  const char *name = sm_noun_get (paper->noun)->fields[field].name;

  if (field == paper->about_field)
    return paper->about;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].field, name))
      return names[i].noun;
  return SM_N_NOUNS;
}

/** sm_paper_is_hidden: Whether a field is said by another one: a number that names nothing. */
gboolean
sm_paper_is_hidden (const SmNoun *noun,
                    guint         field)
{
  if (noun->id == SM_NOUN_COMPLAINT)
    return field == SM_COMPLAINT_WORK_ORDER_ID;
  if (noun->id == SM_NOUN_PART)
    return field == SM_PART_EQUIPMENT_KINDS;
  if (noun->id == SM_NOUN_INSPECTION)
    return field == SM_INSPECTION_TEMPLATE_ID || field == SM_INSPECTION_FOLLOWS_ID;
  return noun->id == SM_NOUN_PROBLEM_RECORD
         && (field == SM_PROBLEM_TARGET_NOUN || field == SM_PROBLEM_TARGET_ID
             || field == SM_PROBLEM_EQUIPMENT_ID);
}

static char *
label_of (SmOps    *ops,
          SmNounId  noun,
          gint64    id)
{
  g_autofree char *label
      = sm_directory_dup_label (sm_ops_get_directory (ops), noun, id, sm_i18n_language ());

  return label != NULL && label[0] != '\0' ? sm_text_clean (label)
                                           : g_strdup_printf ("#%" G_GINT64_FORMAT, id);
}

static char *
name_of (const SmRow *row,
         guint        field)
{
  g_autofree char *name = sm_row_dup_name (row, field, sm_i18n_language ());

  return sm_text_clean (name);
}

/* --- templates --- */

/** sm_paper_template_name: Returns: (transfer full): what a template from a file is called */
char *
sm_paper_template_name (const SmRow *checklist)
{
  gboolean is_chinese = g_str_has_prefix (sm_i18n_language (), "zh");

  return sm_text_clean (sm_row_get_text (checklist, is_chinese ? SM_CHECKLIST_NAME_ZH
                                                               : SM_CHECKLIST_NAME));
}

/* Returns: (transfer none) (nullable): the template from a file that it asks by */
static const SmRow *
find_template (SmOps       *ops,
               const SmRow *inspection)
{
  if (sm_row_get_enum (inspection, SM_INSPECTION_TEMPLATE) != SM_INSPECTION_TEMPLATE_OWN)
    return NULL;
  return sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_CHECKLIST,
                                sm_row_get_int (inspection, SM_INSPECTION_TEMPLATE_ID));
}

static char *
template_words (SmOps       *ops,
                const SmRow *inspection)
{
  const SmRow *own = find_template (ops, inspection);

  if (own != NULL)
    return sm_paper_template_name (own);
  return g_strdup (sm_word_of_slug (sm_inspection_templates,
                                    sm_row_get_text (inspection, SM_INSPECTION_TEMPLATE)));
}

/** sm_paper_field_words: Returns: (transfer full) (nullable): what is said there, for a person */
char *
sm_paper_field_words (SmOps       *ops,
                      const SmRow *row,
                      guint        field)
{
  const SmField *about = &sm_row_get_noun (row)->fields[field];
  const SmPaper *paper = sm_paper_get (sm_row_get_noun (row)->id);

  if (sm_row_is_null (row, field))
    return NULL;
  if (sm_paper_field_noun (paper, field) != SM_N_NOUNS)
    return label_of (ops, sm_paper_field_noun (paper, field), sm_row_get_int (row, field));
  if (paper->noun == SM_NOUN_INSPECTION && field == SM_INSPECTION_TEMPLATE)
    return template_words (ops, row);
  if (paper->noun == SM_NOUN_PROBLEM_RECORD && field == SM_PROBLEM_CODE)
    return sm_text_clean (sm_word_of_alarm (sm_row_get_text (row, field)));
  if (paper->noun == SM_NOUN_PART && field == SM_PART_QUANTITY)
    return sm_part_quantity_words (row);
  if (about->kind == SM_KIND_NAME)
    return name_of (row, field);
  if (about->kind == SM_KIND_TIME)
    return sm_moment_format (sm_status_get_zone (sm_ops_get_status (ops)),
                             sm_row_get_int (row, field));
  if (about->kind == SM_KIND_ENUM)
    return g_strdup (sm_word_of_slug (about->slugs, sm_row_get_text (row, field)));
  if (about->kind == SM_KIND_INT)
    return sm_text_measure ((double) sm_row_get_int (row, field), 0, about->unit);
  return sm_text_clean (sm_row_get_text (row, field));
}

/* What to look at, for each of the six S. */
static const char *const checks[][SM_INSPECTION_N_S] = {
  [SM_INSPECTION_TEMPLATE_SWAP_STATION] = {
    N_ ("In lanes, pack room and office there is only what is needed"),
    N_ ("Tools, spare parts and keys are in their marked places"),
    N_ ("Lanes, rails, cabinets and filters are clean and dry"),
    N_ ("Labels, signs, marks and instructions are there, and can be read"),
    N_ ("The station's log is kept; what was found last time is done"),
    N_ ("Extinguishers, smoke and gas sensors, insulated tools, fences and emergency stops are in "
        "order"),
  },
  [SM_INSPECTION_TEMPLATE_CHARGE_STATION] = {
    N_ ("Parking places and islands are free of what does not belong there"),
    N_ ("Cables hang on their holders; keys and tools have their places"),
    N_ ("Piles, connectors, filters and screens are clean"),
    N_ ("Labels, codes, prices and signs are there, and can be read"),
    N_ ("The station's log is kept; what was found last time is done"),
    N_ ("Emergency stops, residual-current devices, cables and extinguishers are in order"),
  },
};

/** sm_paper_check_words: Returns: (transfer full): what to look at, a line each; nothing is known of others */
char *
sm_paper_check_words (SmOps       *ops,
                      const SmRow *inspection,
                      guint        part)
{
  guint template = sm_row_get_enum (inspection, SM_INSPECTION_TEMPLATE);
  const SmRow *own = find_template (ops, inspection);
  gboolean is_chinese = g_str_has_prefix (sm_i18n_language (), "zh");
  g_auto (GStrv) lines = NULL;

  if (template < G_N_ELEMENTS (checks))
    return g_strdup (_(checks[template][part]));
  if (own == NULL)
    return g_strdup ("");
  lines = g_strsplit (sm_row_get_text (own, is_chinese ? SM_CHECKLIST_CHECKS_ZH_OF (part)
                                                       : SM_CHECKLIST_CHECKS_OF (part)), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_steal_pointer (&lines[i]);

      lines[i] = sm_text_clean (line);
    }
  return g_strjoinv ("\n", lines);
}

static gint64
time_left (SmOps       *ops,
           const SmRow *certificate)
{
  return sm_row_get_int (certificate, SM_CERTIFICATE_EXPIRES_AT)
         - sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
}

/** sm_paper_valid_words: Returns: (transfer full): whether it holds, and when that is over soon */
char *
sm_paper_valid_words (SmOps       *ops,
                      const SmRow *certificate)
{
  gint64 left = time_left (ops, certificate);
  gint64 days = left / SM_DAY;

  if (left <= 0)
    return g_strdup_printf ("⚠ %s", C_ ("certificate", "expired"));
  if (left > SM_CERTIFICATE_WARN_US)
    return g_strdup (C_ ("certificate", "valid"));
  return g_strdup_printf (ngettext ("⚠ ends in %u day", "⚠ ends in %u days", (guint) days),
                          (guint) days);
}

/** sm_paper_count_ending: Returns: how many certificates have expired, or will soon */
guint
sm_paper_count_ending (SmOps *ops)
{
  GListModel *all = sm_ops_get_papers (ops, SM_NOUN_CERTIFICATE);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (all, i);

      n += time_left (ops, sm_item_get_row (item)) <= SM_CERTIFICATE_WARN_US;
    }
  return n;
}

/* --- tables --- */

static char *
engineer_text (const SmTableColumn *column,
               SmItem              *item,
               gpointer             view)
{
  return sm_list_label (view, SM_NOUN_ENGINEER,
                        sm_row_get_int (sm_item_get_row (item), column->field));
}

static char *
valid_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  return sm_paper_valid_words (sm_list_view_get_ops (view), sm_item_get_row (item));
}

static char *
template_text (const SmTableColumn *column,
               SmItem              *item,
               gpointer             view)
{
  return template_words (sm_list_view_get_ops (view), sm_item_get_row (item));
}

static char *
dup_no_link (SmItem   *item,
             gpointer  view)
{
  return NULL;
}

#define EXTRA SM_COLUMN_HIDDEN

static const SmTableColumn inspection_columns[] = {
  { "number", N_ ("Number"), NULL, SM_INSPECTION_NUMBER, SM_COLUMN_PRIMARY, 0, 10 },
  { "station", N_ ("Station"), NULL, SM_INSPECTION_STATION_ID, 0, 0, 22, 0, sm_list_station },
  { "state", N_ ("State"), NULL, SM_INSPECTION_STATE, 0, 0, 10 },
  { "planned_at", N_ ("Planned for"), NULL, SM_INSPECTION_PLANNED_AT, 0, 0, 19 },
  { "inspector", N_ ("Who is to do it"), NULL, SM_INSPECTION_INSPECTOR, 0, 0, 14 },
  { "score", N_ ("Score"), "%", SM_INSPECTION_SCORE, 0, 0, 7 },
  { "findings", N_ ("Findings"), NULL, SM_INSPECTION_FINDINGS, 0, 0, 9 },
  { "closed_at", N_ ("Closed"), NULL, SM_INSPECTION_CLOSED_AT, 0, 0, 19 },
  { "closed_by", N_ ("Closed by"), NULL, SM_INSPECTION_CLOSED_BY, 0, 0, 12 },
  { "template", N_ ("Looked through as"), NULL, SM_INSPECTION_TEMPLATE, EXTRA, 0, 16, 0,
    template_text },
  { "planned_by", N_ ("Planned by"), NULL, SM_INSPECTION_PLANNED_BY, EXTRA, 0, 12 },
  { "every_days", N_ ("Again after"), "d", SM_INSPECTION_EVERY_DAYS, EXTRA, 0, 8 },
  { "sort", N_ ("Sort (6S)"), NULL, SM_INSPECTION_SORT_SCORE, EXTRA, 0, 10 },
  { "set_in_order", N_ ("Set in order (6S)"), NULL, SM_INSPECTION_SET_IN_ORDER_SCORE,
    EXTRA, 0, 10 },
  { "shine", N_ ("Shine (6S)"), NULL, SM_INSPECTION_SHINE_SCORE, EXTRA, 0, 10 },
  { "standardise", N_ ("Standardise (6S)"), NULL, SM_INSPECTION_STANDARDISE_SCORE, EXTRA,
    0, 10 },
  { "sustain", N_ ("Sustain (6S)"), NULL, SM_INSPECTION_SUSTAIN_SCORE, EXTRA, 0, 10 },
  { "safety", N_ ("Safety (6S)"), NULL, SM_INSPECTION_SAFETY_SCORE, EXTRA, 0, 10 },
  { "end_reason", N_ ("Why so"), NULL, SM_INSPECTION_END_REASON, EXTRA, 0, 20 },
};

static const SmFilterChoice inspection_choices[] = {
  { "state", N_ ("State"), sm_inspection_states },
  { "template", N_ ("Looked through as"), sm_inspection_templates },
};

const SmListSpec sm_inspection_list = {
  .name = "inspections",
  .title = N_ ("Inspections"),
  .noun = SM_NOUN_INSPECTION,
  .placeholder = N_ ("Number or person"),
  .nothing = N_ ("No inspections yet"),
  .columns = inspection_columns,
  .n_columns = G_N_ELEMENTS (inspection_columns),
  .choices = inspection_choices,
  .n_choices = G_N_ELEMENTS (inspection_choices),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static const SmTableColumn incident_columns[] = {
  { "number", N_ ("Number"), NULL, SM_INCIDENT_NUMBER, SM_COLUMN_PRIMARY, 0, 10 },
  { "level", N_ ("Level"), NULL, SM_INCIDENT_LEVEL, SM_COLUMN_LEVEL, 0, 6 },
  { "kind", N_ ("Kind"), NULL, SM_INCIDENT_KIND, 0, 0, 18 },
  { "station", N_ ("Station"), NULL, SM_INCIDENT_STATION_ID, 0, 0, 22, 0, sm_list_station },
  { "happened_at", N_ ("Happened"), NULL, SM_INCIDENT_HAPPENED_AT, 0, 0, 19 },
  { "people_hurt", N_ ("Persons hurt"), NULL, SM_INCIDENT_PEOPLE_HURT, 0, 0, 9 },
  { "text", N_ ("What happened"), NULL, SM_INCIDENT_TEXT, 0, 0, 30 },
  { "state", N_ ("State"), NULL, SM_INCIDENT_STATE, 0, 0, 10 },
  { "reported_by", N_ ("Reported by"), NULL, SM_INCIDENT_REPORTED_BY, 0, 0, 12 },
  { "closed_by", N_ ("Closed by"), NULL, SM_INCIDENT_CLOSED_BY, 0, 0, 12 },
  { "reported_at", N_ ("Reported"), NULL, SM_INCIDENT_REPORTED_AT, EXTRA, 0, 19 },
  { "cause", N_ ("Cause"), NULL, SM_INCIDENT_CAUSE, EXTRA, 0, 26 },
  { "measures", N_ ("What is done about it"), NULL, SM_INCIDENT_MEASURES, EXTRA, 0, 26 },
  { "closed_at", N_ ("Closed"), NULL, SM_INCIDENT_CLOSED_AT, EXTRA, 0, 19 },
};

static const SmFilterChoice incident_choices[] = {
  { "state", N_ ("State"), sm_incident_states },
  { "kind", N_ ("Kind"), sm_incident_kinds },
};

const SmListSpec sm_incident_list = {
  .name = "safety_incidents",
  .title = N_ ("Safety incidents"),
  .noun = SM_NOUN_SAFETY_INCIDENT,
  .placeholder = N_ ("Number, text or person"),
  .nothing = N_ ("No safety incidents yet"),
  .columns = incident_columns,
  .n_columns = G_N_ELEMENTS (incident_columns),
  .choices = incident_choices,
  .n_choices = G_N_ELEMENTS (incident_choices),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static const SmTableColumn certificate_columns[] = {
  { "engineer", N_ ("Engineer"), NULL, SM_CERTIFICATE_ENGINEER_ID, SM_COLUMN_PRIMARY, 0, 18, 0,
    engineer_text },
  { "kind", N_ ("Kind"), NULL, SM_CERTIFICATE_KIND, 0, 0, 20 },
  { "valid", N_ ("Whether it holds"), NULL, SM_CERTIFICATE_EXPIRES_AT, 0, 0, 18, 0, valid_text },
  { "expires_at", N_ ("Valid until"), NULL, SM_CERTIFICATE_EXPIRES_AT, 0, 0, 19 },
  { "number", N_ ("Number"), NULL, SM_CERTIFICATE_NUMBER, 0, 0, 16 },
  { "issuer", N_ ("Issued by"), NULL, SM_CERTIFICATE_ISSUER, 0, 0, 20 },
  { "issued_on", N_ ("Issued on"), NULL, SM_CERTIFICATE_ISSUED_ON, EXTRA, 0, 19 },
};

static const SmFilterChoice certificate_choices[] = {
  { "kind", N_ ("Kind"), sm_certificate_kinds },
};

const SmListSpec sm_certificate_list = {
  .name = "certificates",
  .title = N_ ("Certificates"),
  .noun = SM_NOUN_CERTIFICATE,
  .placeholder = N_ ("Number or who issued it"),
  .nothing = N_ ("No certificates yet"),
  .columns = certificate_columns,
  .n_columns = G_N_ELEMENTS (certificate_columns),
  .choices = certificate_choices,
  .n_choices = G_N_ELEMENTS (certificate_choices),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static const SmTableColumn contact_columns[] = {
  { "person", N_ ("Person"), NULL, SM_CONTACT_PERSON, SM_COLUMN_PRIMARY, 0, 18 },
  { "language", N_ ("Language"), NULL, SM_CONTACT_LANGUAGE, 0, 0, 10 },
  { "sms", N_ ("Number for messages"), NULL, SM_CONTACT_SMS, 0, 0, 20 },
  { "email", N_ ("E-mail"), NULL, SM_CONTACT_EMAIL, 0, 0, 24 },
  { "voice", N_ ("Number for calls"), NULL, SM_CONTACT_VOICE, 0, 0, 20 },
  { "changed_at", N_ ("Changed"), NULL, SM_CONTACT_CHANGED_AT, 0, 0, 19 },
  { "changed_by", N_ ("Changed by"), NULL, SM_CONTACT_CHANGED_BY, 0, 0, 14 },
};

const SmListSpec sm_contact_list = {
  .name = "contacts",
  .title = N_ ("Contacts"),
  .noun = SM_NOUN_CONTACT,
  .placeholder = N_ ("Name or person"),
  .nothing = N_ ("No contacts yet: who is told where stands in the service's file"),
  .columns = contact_columns,
  .n_columns = G_N_ELEMENTS (contact_columns),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static char *
fault_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const char *code = sm_row_get_text (sm_item_get_row (item), SM_PROBLEM_CODE);

  return code != NULL ? sm_text_clean (sm_word_of_alarm (code)) : g_strdup ("–");
}

/* A station has a name; what else there is, its number. */
static char *
place_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  const char *label = sm_row_get_text (row, SM_PROBLEM_TARGET_LABEL);

  if (label == NULL || g_strcmp0 (sm_row_get_text (row, SM_PROBLEM_TARGET_NOUN), "station") == 0)
    return sm_list_label (view, SM_NOUN_STATION, sm_row_get_int (row, SM_PROBLEM_STATION_ID));
  return sm_text_clean (label);
}

static char *
dup_station_link (SmItem   *item,
                  gpointer  view)
{
  SmRow *station = sm_directory_find_row (
      sm_ops_get_directory (sm_list_view_get_ops (view)), SM_NOUN_STATION,
      sm_row_get_int (sm_item_get_row (item), SM_PROBLEM_STATION_ID));

  return station != NULL
             ? sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL) : NULL;
}

static const SmTableColumn problem_columns[] = {
  { "number", N_ ("Number"), NULL, SM_PROBLEM_NUMBER, SM_COLUMN_PRIMARY, 0, 10 },
  { "code", N_ ("Fault"), NULL, SM_PROBLEM_CODE, 0, 0, 24, 0, fault_text },
  { "level", N_ ("Level"), NULL, SM_PROBLEM_LEVEL, SM_COLUMN_LEVEL, 0, 6 },
  { "target_label", N_ ("Where"), NULL, SM_PROBLEM_TARGET_LABEL, 0, 0, 22, 0,
    place_text },
  { "state", N_ ("State"), NULL, SM_PROBLEM_STATE, 0, 0, 10 },
  { "orders", N_ ("Work orders"), NULL, SM_PROBLEM_ORDERS, 0, 0, 9 },
  { "opened_at", N_ ("A problem since"), NULL, SM_PROBLEM_OPENED_AT, 0, 0, 19 },
  { "cause", N_ ("Cause"), NULL, SM_PROBLEM_CAUSE, 0, 0, 22 },
  { "solution", N_ ("What was done for good"), NULL, SM_PROBLEM_SOLUTION, 0, 0, 26 },
  { "solved_by", N_ ("Written down by"), NULL, SM_PROBLEM_SOLVED_BY, 0, 0, 14 },
  { "confirmed_by", N_ ("Confirmed by"), NULL, SM_PROBLEM_CONFIRMED_BY, 0, 0, 14 },
  { "station", N_ ("Station"), NULL, SM_PROBLEM_STATION_ID, EXTRA, 0, 22, 0, sm_list_station },
  { "first_sign_at", N_ ("First sign"), NULL, SM_PROBLEM_FIRST_SIGN_AT, EXTRA, 0, 19 },
  { "solved_at", N_ ("Written down"), NULL, SM_PROBLEM_SOLVED_AT, EXTRA, 0, 19 },
  { "confirmed_at", N_ ("Confirmed"), NULL, SM_PROBLEM_CONFIRMED_AT, EXTRA, 0, 19 },
};

static const SmFilterChoice problem_choices[] = {
  { "state", N_ ("State"), sm_problem_states },
};

const SmListSpec sm_problem_list = {
  .name = "problems",
  .title = N_ ("Problems"),
  .noun = SM_NOUN_PROBLEM_RECORD,
  .placeholder = N_ ("Number, place or text"),
  .nothing = N_ ("No problems: the third equal fault of one thing within 30 days is one"),
  .columns = problem_columns,
  .n_columns = G_N_ELEMENTS (problem_columns),
  .choices = problem_choices,
  .n_choices = G_N_ELEMENTS (problem_choices),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_station_link },
  .query = sm_list_open,
};

/** sm_paper_wait_words: Returns: (transfer full): how long there still is to decide about it */
char *
sm_paper_wait_words (SmOps       *ops,
                     const SmRow *complaint)
{
  gint64 left = sm_row_get_int (complaint, SM_COMPLAINT_RECEIVED_AT) + SM_COMPLAINT_DECIDE_US
                - sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
  guint hours = left > 0 ? (guint) (left / SM_HOUR) : 0;

  if (sm_row_get_enum (complaint, SM_COMPLAINT_STATE) != SM_COMPLAINT_STATE_RECEIVED)
    return g_strdup ("–");
  if (left <= 0)
    return g_strdup_printf ("⚠ %s", C_ ("complaint", "waits for more than a day"));
  return g_strdup_printf (ngettext ("%u hour left", "%u hours left", hours), hours);
}

static char *
wait_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             view)
{
  return sm_paper_wait_words (sm_list_view_get_ops (view), sm_item_get_row (item));
}

/* What it opened, or where it was. */
static char *
dup_complaint_link (SmItem   *item,
                    gpointer  view)
{
  SmOps *ops = sm_list_view_get_ops (view);
  const SmRow *row = sm_item_get_row (item);
  const char *number = sm_row_get_text (row, SM_COMPLAINT_WORK_ORDER_NUMBER);
  SmRow *station = sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_STATION,
                                          sm_row_get_int (row, SM_COMPLAINT_STATION_ID));

  if (number != NULL)
    return sm_link_text ("work_order", number, NULL);
  return station != NULL
             ? sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL) : NULL;
}

static const SmTableColumn complaint_columns[] = {
  { "number", N_ ("Number"), NULL, SM_COMPLAINT_NUMBER, SM_COLUMN_PRIMARY, 0, 10 },
  { "state", N_ ("State"), NULL, SM_COMPLAINT_STATE, 0, 0, 10 },
  { "wait", N_ ("To be decided"), NULL, SM_COMPLAINT_RECEIVED_AT, 0, 0, 16, 0, wait_text },
  { "complainant", N_ ("Who complains"), NULL, SM_COMPLAINT_COMPLAINANT, 0, 0, 12 },
  { "text", N_ ("What happened"), NULL, SM_COMPLAINT_TEXT, 0, 0, 30 },
  { "station", N_ ("Station"), NULL, SM_COMPLAINT_STATION_ID, 0, 0, 18, 0, sm_list_station },
  { "vehicle", N_ ("Vehicle"), NULL, SM_COMPLAINT_VEHICLE_ID, 0, 0, 11, 0, sm_list_vehicle },
  { "order_number", N_ ("Number of the order"), NULL, SM_COMPLAINT_ORDER_NUMBER, 0, 0, 12 },
  { "received_at", N_ ("Received"), NULL, SM_COMPLAINT_RECEIVED_AT, 0, 0, 17 },
  { "reason", N_ ("What came to light"), NULL, SM_COMPLAINT_REASON, 0, 0, 18 },
  { "decided_by", N_ ("Decided by"), NULL, SM_COMPLAINT_DECIDED_BY, 0, 0, 10 },
  { "work_order", N_ ("Work order"), NULL, SM_COMPLAINT_WORK_ORDER_NUMBER, 0, 0, 11 },
  { "received_by", N_ ("Received by"), NULL, SM_COMPLAINT_RECEIVED_BY, EXTRA, 0, 12 },
  { "decided_at", N_ ("Decided"), NULL, SM_COMPLAINT_DECIDED_AT, EXTRA, 0, 17 },
};

static const SmFilterChoice complaint_choices[] = {
  { "state", N_ ("State"), sm_complaint_states },
};

const SmListSpec sm_complaint_list = {
  .name = "complaints",
  .title = N_ ("Complaints"),
  .noun = SM_NOUN_COMPLAINT,
  .placeholder = N_ ("Number, text or person"),
  .nothing = N_ ("No complaints yet"),
  .columns = complaint_columns,
  .n_columns = G_N_ELEMENTS (complaint_columns),
  .choices = complaint_choices,
  .n_choices = G_N_ELEMENTS (complaint_choices),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_complaint_link },
  .query = sm_list_open,
};
