/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-then.h"

#include "sm-text.h"
#include "sm-time.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What everything was like when the order was made of its alarm. */

#define MOST_LIVE 16

/* Where a thing is and whose is what the order says itself. */
static const struct
{
  const char *name;
  const char *word;
} words[] = {
  { "state", N_ ("State") },
  { "status", N_ ("State") },
  { "service", N_ ("Service") },
  { "connection", N_ ("Connection") },
  { "load", N_ ("Load") },
  { "step", N_ ("Step") },
  { "value", N_ ("Value") },
  { "motion", N_ ("Motion") },
  { "energy", N_ ("Energy") },
  { "soc", N_ ("State of charge") },
  { "soh", N_ ("State of health") },
  { "pack_temperature_c", N_ ("Pack temperature") },
  { "temperature_c", N_ ("Gun temperature") },
  { "temperature_max_c", N_ ("Highest temperature") },
  { "temperature_min_c", N_ ("Lowest temperature") },
  { "voltage_v", N_ ("Voltage") },
  { "current_a", N_ ("Current") },
  { "power_kw", N_ ("Power") },
  { "cell_max_mv", N_ ("Highest cell") },
  { "cell_min_mv", N_ ("Lowest cell") },
  { "spread_mv", N_ ("Cell spread") },
  { "insulation_ohm_per_v", N_ ("Insulation") },
  { "neutral_earth_v", N_ ("Neutral-earth voltage") },
  { "session_energy_wh", N_ ("Energy of the session") },
  { "speed_kmh", N_ ("Speed") },
  { "range_m", N_ ("Range") },
  { "waiting", N_ ("Trucks waiting") },
  { "inbound", N_ ("Trucks inbound") },
  { "ready_packs", N_ ("Ready packs") },
  { "lacking", N_ ("What is lacking") },
  { "reach", N_ ("Reach") },
  { "cycle_count", N_ ("Cycles") },
  { "reported_at", N_ ("Heard last") },
};

static const char *
find_word (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name, name))
      return _(words[i].word);
  return NULL;
}

/* As the service writes things down: numbers with a point, times as RFC 3339. */
static char *
describe (SmOps         *ops,
          const SmField *field,
          const char    *text)
{
  gint64 at;
  double number;
  char *end;

  if (field->slugs != NULL)
    return g_strdup (sm_word_of_slug (field->slugs, text));
  if (field->kind == SM_KIND_TIME)
    return sm_time_from_rfc3339 (text, &at, NULL) ? sm_work_order_moment (ops, at) : NULL;
  if (field->kind == SM_KIND_BOOL)
    return g_strdup (g_str_equal (text, "1") ? C_ ("answer", "yes") : C_ ("answer", "no"));
  if (sm_kind_is_text (field->kind))
    return sm_text_clean (text);
  number = g_ascii_strtod (text, &end);
  return *end == '\0' && end != text
             ? sm_text_measure (number, field->kind == SM_KIND_INT ? 0 : 1, field->unit)
             : sm_text_clean (text);
}

typedef struct
{
  SmOps *ops;
  GArray *facts;    /* of SmFact */
  GPtrArray *texts; /* of char *: what they point to */
} Then;

/* Takes @value; nothing is said of what is not known. */
static void
add (Then       *then,
     const char *label,
     char       *value)
{
  SmFact fact = { label, value, 0, NULL };

  if (value == NULL)
    return;
  g_ptr_array_add (then->texts, value);
  g_array_append_val (then->facts, fact);
}

static const SmField *
find_field (const SmNoun *noun,
            const char   *name)
{
  int field = noun != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;

  return field >= 0 ? &noun->fields[field] : NULL;
}

static void
add_alarm (Then                      *then,
           const SmNoun              *noun,
           const SmWorkOrderSnapshot *snapshot)
{
  const char *name = g_hash_table_lookup (snapshot->alarm, "field");
  const char *value = g_hash_table_lookup (snapshot->alarm, "value");
  const char *limit = g_hash_table_lookup (snapshot->alarm, "limit_value");
  const char *code = g_hash_table_lookup (snapshot->alarm, "sender_code");
  const char *text = g_hash_table_lookup (snapshot->alarm, "sender_text");
  const SmField *field = name != NULL ? find_field (noun, name) : NULL;

  if (field != NULL && value != NULL)
    add (then, _("What the alarm measured"), describe (then->ops, field, value));
  if (field != NULL && limit != NULL)
    add (then, _("Its limit"), describe (then->ops, field, limit));
  if (code != NULL)
    add (then, _("Code of the device"), sm_text_clean (code));
  if (text != NULL)
    add (then, _("Words of the device"), sm_text_clean (text));
}

static void
add_live (Then                      *then,
          const SmNoun              *noun,
          const SmWorkOrderSnapshot *snapshot)
{
  guint n = 0;

  for (guint i = SM_ROW_N_COMMON; noun != NULL && i < noun->n_fields && n < MOST_LIVE; i++)
    {
      const SmField *field = &noun->fields[i];
      const char *text = g_hash_table_lookup (snapshot->live, field->name);
      const char *word = text != NULL ? find_word (field->name) : NULL;

      if (word == NULL)
        continue;
      add (then, word, describe (then->ops, field, text));
      n++;
    }
}

static void
add_commands (Then                      *then,
              const SmWorkOrderSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->commands->len; i++)
    {
      GHashTable *command = snapshot->commands->pdata[i];
      const char *kind = g_hash_table_lookup (command, "kind");
      const char *state = g_hash_table_lookup (command, "state");
      const char *at = g_hash_table_lookup (command, "requested_at");
      g_autofree char *person
          = sm_text_clean (g_hash_table_lookup (command, "requested_by"));
      g_autofree char *moment = NULL;
      gint64 at_us;

      if (kind == NULL)
        continue;
      if (at != NULL && sm_time_from_rfc3339 (at, &at_us, NULL))
        moment = sm_work_order_moment (then->ops, at_us);
      add (then, sm_word_of_slug (sm_command_kinds, kind),
           g_strdup_printf ("%s · %s%s%s", sm_word_of_slug (sm_command_states, state), person,
                            moment != NULL ? " · " : "", moment != NULL ? moment : ""));
    }
}

/** sm_work_order_then_show: Returns: whether anything is known of then */
gboolean
sm_work_order_then_show (SmFacts     *facts,
                         SmOps       *ops,
                         const SmRow *order)
{
  g_autoptr (SmWorkOrderSnapshot) snapshot = sm_ops_read_snapshot (order);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (SmFact));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Then then = { ops, lines, texts };
  const char *name = sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN);
  const SmNoun *noun = name != NULL ? sm_noun_by_name (name) : NULL;

  if (snapshot != NULL)
    {
      add_alarm (&then, noun, snapshot);
      add_live (&then, noun, snapshot);
      add_commands (&then, snapshot);
    }
  sm_facts_set (facts, (const SmFact *) lines->data, lines->len);
  return lines->len > 0;
}
