/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-taker.h"

#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (SmWorkOrderTaker, sm_work_order_taker, G_TYPE_OBJECT)

static void
sm_work_order_taker_finalize (GObject *object)
{
  SmWorkOrderTaker *self = SM_WORK_ORDER_TAKER (object);

  g_free (self->name);
  g_free (self->phone);
  g_free (self->detail);
  g_free (self->time);
  g_free (self->bars);
  g_free (self->notes);

  G_OBJECT_CLASS (sm_work_order_taker_parent_class)->finalize (object);
}

static void
sm_work_order_taker_class_init (SmWorkOrderTakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_work_order_taker_finalize;
}

static void
sm_work_order_taker_init (SmWorkOrderTaker *self)
{
}

SmWorkOrderTaker *
sm_work_order_taker_new (SmNounId noun,
                         gint64   id)
{
  SmWorkOrderTaker *self = g_object_new (SM_TYPE_WORK_ORDER_TAKER, NULL);

  self->noun = noun;
  self->id = id;
  return self;
}

/* --- words --- */

static const struct
{
  const char *slug;
  const char *words;
} bars[] = {
  { "no_skill", NC_ ("work order candidate", "does not know how") },
  { "no_certificate", NC_ ("work order candidate", "has no certificate") },
  { "certificate_expired", NC_ ("work order candidate", "certificate has expired") },
  { "off_shift", NC_ ("work order candidate", "not on the roster when they could go") },
  { "no_place", NC_ ("work order candidate", "has as many orders as they may") },
  { "other_territory", NC_ ("work order candidate", "outside the territory of their company") },
  { "has_refused", NC_ ("work order candidate", "has refused it") },
  { "too_far", NC_ ("work order candidate", "too far away") },
  { "position_unknown", NC_ ("work order candidate", "nobody knows how far away") },
};

static void
append (GString    *words,
        const char *part)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part);
}

static char *
format_length (gint64 seconds)
{
  gint64 minutes = (MAX (seconds, 0) + 30) / 60;

  if (minutes < 90)
    /* Translators: minutes, as short as they can be */
    return g_strdup_printf (C_ ("countdown", "%d min"), (int) minutes);
  return g_strdup_printf (C_ ("countdown", "%d h %02d min"), (int) MIN (minutes / 60, G_MAXINT),
                          (int) (minutes % 60));
}

static void
append_length (GString    *words,
               const char *what,
               gint64      seconds)
{
  g_autofree char *length = format_length (seconds);
  g_autofree char *part = g_strdup_printf ("%s %s", what, length);

  append (words, part);
}

/* A comma between them; of certificates the words for it. */
static char *
list_words (const GPtrArray   *lacks,
            const char *const *slugs)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < lacks->len; i++)
    {
      const char *slug = lacks->pdata[i];
      g_autofree char *clean = sm_text_clean (
          slugs != NULL && sm_word_is_known (slugs, slug) ? sm_word_of_slug (slugs, slug) : slug);

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", clean);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
append_bar (GString                    *words,
            const char                 *slug,
            const SmWorkOrderCandidate *of)
{
  g_autofree char *clean = sm_text_clean (slug); /* one that is newer than this program */
  g_autofree char *lacks = NULL;
  g_autofree char *part = NULL;
  const char *title = clean;

  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    if (g_strcmp0 (slug, bars[i].slug) == 0)
      title = g_dpgettext2 (NULL, "work order candidate", bars[i].words);
  if (g_strcmp0 (slug, "no_skill") == 0)
    lacks = list_words (of->skills, NULL);
  else if (g_strcmp0 (slug, "no_certificate") == 0 || g_strcmp0 (slug, "certificate_expired") == 0)
    lacks = list_words (of->certificates, sm_certificate_kinds);
  part = lacks != NULL && lacks[0] != '\0' ? g_strdup_printf ("%s: %s", title, lacks)
                                            : g_strdup (title);
  append (words, part);
}

static char *
describe_bars (const SmWorkOrderCandidate *of)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < of->bars->len; i++)
    append_bar (words, of->bars->pdata[i], of);
  /* Translators: %s is a list of reasons */
  return words->len > 0 ? g_strdup_printf (_("Cannot go: %s"), words->str) : NULL;
}

/* Each part of the time that there is, so that whoever adds them up has all of it. */
static char *
describe_time (const SmWorkOrderCandidate *of)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *load = g_strdup_printf (_("%d of %d orders"), (int) MIN (of->jobs, G_MAXINT),
                                           (int) MIN (of->places, G_MAXINT));

  append (words, load);
  if (of->shift_s > 0)
    append_length (words, C_ ("work order candidate", "until the shift"), of->shift_s);
  if (of->job_s > 0)
    append_length (words, C_ ("work order candidate", "other orders"), of->job_s);
  if (isfinite (of->road_m))
    {
      g_autofree char *road = sm_text_measure (of->road_m / 1000.0, 0, "km");

      append_length (words, C_ ("work order candidate", "way"), of->travel_s);
      g_string_append_printf (words, " (%s)", road);
    }
  if (of->part_s > 0)
    append_length (words, C_ ("work order candidate", "for parts"), of->part_s);
  append_length (words, C_ ("work order candidate", "work"), of->work_s);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
describe_notes (const SmWorkOrderCandidate *of)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (of->is_late)
    append (words, C_ ("work order candidate", "after the restore clock ends"));
  if (of->is_overtime)
    append (words, C_ ("work order candidate", "after their shift ends"));
  if (of->parts->len > 0)
    {
      g_autofree char *parts = list_words (of->parts, NULL);
      g_autofree char *part
          /* Translators: %s is a list of spare parts */
          = g_strdup_printf (C_ ("work order candidate", "parts have to come: %s"), parts);

      append (words, part);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static gboolean
lacks_certificate (const SmWorkOrderCandidate *of)
{
  for (guint i = 0; i < of->bars->len; i++)
    if (g_strcmp0 (of->bars->pdata[i], "no_certificate") == 0
        || g_strcmp0 (of->bars->pdata[i], "certificate_expired") == 0)
      return TRUE;
  return FALSE;
}

/** sm_work_order_taker_say: Puts into words what the service says of one. */
void
sm_work_order_taker_say (SmWorkOrderTaker           *self,
                         const SmWorkOrderCandidate *candidate)
{
  g_return_if_fail (SM_IS_WORK_ORDER_TAKER (self));

  g_free (self->detail);
  g_free (self->time);
  g_free (self->bars);
  g_free (self->notes);
  self->detail = describe_time (candidate);
  self->bars = describe_bars (candidate);
  self->notes = describe_notes (candidate);
  /* Of who cannot go it would be a time that never comes. */
  self->time = self->bars == NULL && isfinite (candidate->road_m)
                   ? format_length (candidate->restore_s) : NULL;
  self->needs_reason = lacks_certificate (candidate);
}
