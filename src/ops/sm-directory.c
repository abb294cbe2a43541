/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-directory-private.h"

#include "sm-sorted.h"

#include <math.h>

struct _SmDirectory
{
  GObject parent_instance;

  SmDirectoryData *data;
  guint64 version;
  gboolean is_changed; /* and not told yet */
};

G_DEFINE_FINAL_TYPE (SmDirectory, sm_directory, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_directory_finalize (GObject *object)
{
  SmDirectory *self = SM_DIRECTORY (object);

  g_clear_pointer (&self->data, sm_directory_data_free);

  G_OBJECT_CLASS (sm_directory_parent_class)->finalize (object);
}

static void
sm_directory_class_init (SmDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_directory_finalize;

  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sm_directory_init (SmDirectory *self)
{
  self->data = sm_directory_data_new ();
}

SmDirectory *
sm_directory_new (void)
{
  return g_object_new (SM_TYPE_DIRECTORY, NULL);
}

const SmDirectoryData *
sm_directory_get_data (SmDirectory *self)
{
  return self->data;
}

/** sm_directory_take: Holds @data (transfer full) instead of what it held. */
void
sm_directory_take (SmDirectory     *self,
                   SmDirectoryData *data)
{
  SmDirectoryData *before = self->data;

  self->data = data;
  self->is_changed = TRUE;
  sm_directory_told (self);
  sm_directory_data_free (before);
}

/** sm_directory_apply: Takes over records of @rows; sm_directory_told() tells of them. */
void
sm_directory_apply (SmDirectory *self,
                    GPtrArray   *rows)
{
  for (guint i = 0; i < rows->len; i++)
    self->is_changed |= sm_directory_data_put (self->data, g_ptr_array_index (rows, i));
}

void
sm_directory_remove (SmDirectory  *self,
                     const SmNoun *noun,
                     gint64        id)
{
  self->is_changed |= sm_directory_data_remove (self->data, noun, id);
}

/** sm_directory_told: Tells of what changed since the last time, if anything did. */
void
sm_directory_told (SmDirectory *self)
{
  if (!self->is_changed)
    return;
  self->is_changed = FALSE;
  self->version++;
  g_signal_emit (self, signals[CHANGED], 0);
}

/** sm_directory_get_version: Returns: a number that grows with every change */
guint64
sm_directory_get_version (SmDirectory *self)
{
  g_return_val_if_fail (SM_IS_DIRECTORY (self), 0);

  return self->version;
}

/** sm_directory_count: Returns: how many records of @noun there are; 0 for nouns it does not hold */
guint
sm_directory_count (SmDirectory *self,
                    SmNounId     noun)
{
  g_return_val_if_fail (SM_IS_DIRECTORY (self), 0);

  switch (noun)
    {
    case SM_NOUN_VEHICLE:
      return self->data->vehicles->len;
    case SM_NOUN_DRIVER:
      return self->data->drivers->len;
    case SM_NOUN_BATTERY:
      return self->data->packs->len;
    case SM_NOUN_PILE:
      return self->data->piles->len;
    default:
      return self->data->rows[noun] != NULL ? self->data->rows[noun]->len : 0;
    }
}

/** sm_directory_get_vehicles: Returns: (array length=out_n): all, in the order of their ids */
const SmVehicleRecord *
sm_directory_get_vehicles (SmDirectory *self,
                           guint       *out_n)
{
  *out_n = self->data->vehicles->len;
  return (const SmVehicleRecord *) (gpointer) self->data->vehicles->data;
}

/** sm_directory_get_piles: Returns: (array length=out_n): all, in the order of their ids */
const SmPileRecord *
sm_directory_get_piles (SmDirectory *self,
                        guint       *out_n)
{
  *out_n = self->data->piles->len;
  return (const SmPileRecord *) (gpointer) self->data->piles->data;
}

/** sm_directory_find_vehicle: Returns: (transfer none) (nullable): until the next "changed" */
const SmVehicleRecord *
sm_directory_find_vehicle (SmDirectory *self,
                           gint64       id)
{
  return sm_sorted_find (self->data->vehicles, id);
}

/** sm_directory_find_driver: Returns: (transfer none) (nullable): until the next "changed" */
const SmDriverRecord *
sm_directory_find_driver (SmDirectory *self,
                          gint64       id)
{
  return sm_sorted_find (self->data->drivers, id);
}

/** sm_directory_find_pack: Returns: (transfer none) (nullable): until the next "changed" */
const SmPackRecord *
sm_directory_find_pack (SmDirectory *self,
                        gint64       id)
{
  return sm_sorted_find (self->data->packs, id);
}

/** sm_directory_find_pile: Returns: (transfer none) (nullable): until the next "changed" */
const SmPileRecord *
sm_directory_find_pile (SmDirectory *self,
                        gint64       id)
{
  return sm_sorted_find (self->data->piles, id);
}

/**
 * sm_directory_get_rows:
 *
 * Returns: (transfer none) (nullable): of SmRow, in the order of their ids,
 *   records only; NULL for nouns that are not kept as rows
 */
GPtrArray *
sm_directory_get_rows (SmDirectory *self,
                       SmNounId     noun)
{
  g_return_val_if_fail (SM_IS_DIRECTORY (self) && noun < SM_N_NOUNS, NULL);

  return self->data->rows[noun];
}

/** sm_directory_find_row: Returns: (transfer none) (nullable): as sm_directory_get_rows() */
SmRow *
sm_directory_find_row (SmDirectory *self,
                       SmNounId     noun,
                       gint64       id)
{
  GPtrArray *rows = sm_directory_get_rows (self, noun);
  guint low = 0, high = rows != NULL ? rows->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      SmRow *row = g_ptr_array_index (rows, middle);

      if (sm_row_get_id (row) == id)
        return row;
      if (sm_row_get_id (row) < id)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
is_beyond (const SmRow *limit,
           double       value)
{
  double at = sm_row_get_real (limit, SM_LIMIT_RAISE_AT);

  return g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_DIRECTION), "below") == 0 ? value < at
                                                                              : value > at;
}

/**
 * sm_directory_find_limit:
 * @field: of @noun
 * @value: of that field
 *
 * Returns: (transfer none) (nullable): the worst limit in force that @value is
 *   beyond; its level says how bad that is
 */
const SmRow *
sm_directory_find_limit (SmDirectory *self,
                         SmNounId     noun,
                         guint        field,
                         double       value)
{
  GPtrArray *limits = sm_directory_get_rows (self, SM_NOUN_LIMIT);
  const SmNoun *of = sm_noun_get (noun);
  const SmRow *worst = NULL;

  for (guint i = 0; !isnan (value) && i < limits->len; i++)
    {
      const SmRow *limit = g_ptr_array_index (limits, i);

      if (sm_row_get_int (limit, SM_LIMIT_ENABLED) != 1
          || g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_NOUN), of->name) != 0
          || g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_FIELD), of->fields[field].name) != 0
          || !is_beyond (limit, value))
        continue;
      if (worst == NULL
          || sm_row_get_int (limit, SM_LIMIT_LEVEL) < sm_row_get_int (worst, SM_LIMIT_LEVEL))
        worst = limit;
    }
  return worst;
}

static char *
dup_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* The field of a noun that has its name in the languages, or -1. */
static int
name_field (SmNounId noun)
{
  return sm_noun_find_field (sm_noun_get (noun), "name", 4);
}

static char *
dup_row_label (SmDirectory *self,
               SmNounId     noun,
               gint64       id,
               const char  *language)
{
  SmRow *row = sm_directory_find_row (self, noun, id);
  int field = name_field (noun);

  if (row == NULL || field < 0)
    return NULL;
  if (sm_row_get_noun (row)->fields[field].kind != SM_KIND_NAME)
    return dup_text (sm_row_get_text (row, (guint) field));
  return sm_row_dup_name (row, (guint) field, language);
}

/**
 * sm_directory_dup_label:
 * @language: as "zh-CN", of names that there are in several
 *
 * Returns: (transfer full) (nullable): what people call the thing: a plate, a
 *   serial number, a name; NULL when it is not known
 */
char *
sm_directory_dup_label (SmDirectory *self,
                        SmNounId     noun,
                        gint64       id,
                        const char  *language)
{
  gconstpointer record = NULL;

  g_return_val_if_fail (SM_IS_DIRECTORY (self) && noun < SM_N_NOUNS, NULL);

  switch (noun)
    {
    case SM_NOUN_VEHICLE:
      record = sm_directory_find_vehicle (self, id);
      return record != NULL ? dup_text (((const SmVehicleRecord *) record)->plate) : NULL;
    case SM_NOUN_DRIVER:
      record = sm_directory_find_driver (self, id);
      return record != NULL ? dup_text (((const SmDriverRecord *) record)->name) : NULL;
    case SM_NOUN_BATTERY:
      record = sm_directory_find_pack (self, id);
      return record != NULL ? dup_text (((const SmPackRecord *) record)->sn) : NULL;
    case SM_NOUN_PILE:
      record = sm_directory_find_pile (self, id);
      return record != NULL ? sm_name_pick (((const SmPileRecord *) record)->name, language) : NULL;
    default:
      return dup_row_label (self, noun, id, language);
    }
}

/**
 * sm_directory_is_within:
 * @noun: %SM_NOUN_AREA or %SM_NOUN_FLEET
 *
 * Returns: whether @id is @ancestor or lies below it
 */
gboolean
sm_directory_is_within (SmDirectory *self,
                        SmNounId     noun,
                        gint64       id,
                        gint64       ancestor)
{
  guint field = noun == SM_NOUN_AREA ? SM_AREA_PARENT_ID : SM_FLEET_PARENT_ID;

  g_return_val_if_fail (noun == SM_NOUN_AREA || noun == SM_NOUN_FLEET, FALSE);

  /* A register that leads in a circle is left after a while. */
  for (guint depth = 0; depth < 16 && id > 0; depth++)
    {
      SmRow *row;

      if (id == ancestor)
        return TRUE;
      row = sm_directory_find_row (self, noun, id);
      if (row == NULL || sm_row_is_null (row, field))
        return FALSE;
      id = sm_row_get_int (row, field);
    }
  return FALSE;
}
