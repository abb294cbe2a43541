/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-view-state.h"

#include <string.h>

struct _SmViewState
{
  GObject parent_instance;

  GSettings *settings; /* (nullable): remembered for this run alone */
  char *key;
  GHashTable *texts; /* char* -> char* */
};

G_DEFINE_FINAL_TYPE (SmViewState, sm_view_state, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} Signal;
static guint signals[SIGNAL_CHANGED + 1];

static gboolean
is_short (const char *text)
{
  return strnlen (text, SM_VIEW_STATE_MAX_LENGTH + 1) <= SM_VIEW_STATE_MAX_LENGTH;
}

static void
load (SmViewState *self)
{
  g_autoptr (GVariant) texts = g_settings_get_value (self->settings, self->key);
  GVariantIter iter;
  const char *name, *value;

  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    if (is_short (name) && is_short (value)
        && g_hash_table_size (self->texts) < SM_VIEW_STATE_MAX_ENTRIES)
      g_hash_table_insert (self->texts, g_strdup (name), g_strdup (value));
}

static void
save (SmViewState *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name, value;

  if (self->settings == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_variant_builder_add (&builder, "{ss}", name, value);
  g_settings_set_value (self->settings, self->key, g_variant_builder_end (&builder));
}

static void
sm_view_state_finalize (GObject *object)
{
  SmViewState *self = SM_VIEW_STATE (object);

  g_clear_object (&self->settings);
  g_free (self->key);
  g_hash_table_unref (self->texts);

  G_OBJECT_CLASS (sm_view_state_parent_class)->finalize (object);
}

static void
sm_view_state_class_init (SmViewStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_view_state_finalize;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", SM_TYPE_VIEW_STATE, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_view_state_init (SmViewState *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * sm_view_state_new:
 * @settings: (nullable): NULL remembers for this run alone
 * @key: of type a{ss}
 */
SmViewState *
sm_view_state_new (GSettings  *settings,
                   const char *key)
{
  SmViewState *self = g_object_new (SM_TYPE_VIEW_STATE, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->key = g_strdup (key);
  if (settings != NULL)
    load (self);
  return self;
}

/** sm_view_state_get: Returns: (nullable): the text called @name */
const char *
sm_view_state_get (SmViewState *self,
                   const char  *name)
{
  g_return_val_if_fail (SM_IS_VIEW_STATE (self), NULL);

  return g_hash_table_lookup (self->texts, name);
}

/** sm_view_state_set: @value: (nullable): NULL forgets it; what is too long is not kept */
void
sm_view_state_set (SmViewState *self,
                   const char  *name,
                   const char  *value)
{
  g_return_if_fail (SM_IS_VIEW_STATE (self) && name != NULL);

  if (g_strcmp0 (sm_view_state_get (self, name), value) == 0)
    return;
  if (value == NULL)
    g_hash_table_remove (self->texts, name);
  else if (is_short (value)
           && (g_hash_table_contains (self->texts, name)
               || g_hash_table_size (self->texts) < SM_VIEW_STATE_MAX_ENTRIES))
    g_hash_table_insert (self->texts, g_strdup (name), g_strdup (value));
  else
    return;
  save (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], g_quark_from_string (name));
}
