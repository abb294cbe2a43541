/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-item.h"

struct _SmItem
{
  GObject parent_instance;

  SmRow *row;
  gboolean pending;
  gboolean edited;
};

G_DEFINE_FINAL_TYPE (SmItem, sm_item, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (SmRow, sm_row, sm_row_ref, sm_row_unref)

typedef enum
{
  PROP_ROW = 1,
  PROP_PENDING,
  PROP_EDITED,
} Property;
static GParamSpec *properties[PROP_EDITED + 1];

static void
sm_item_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  SmItem *self = SM_ITEM (object);

  switch ((Property) id)
    {
    case PROP_ROW:
      g_value_set_boxed (value, self->row);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, self->edited);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_item_set_property (GObject      *object,
                      guint         id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  SmItem *self = SM_ITEM (object);

  switch ((Property) id)
    {
    case PROP_ROW:
      sm_item_set_row (self, g_value_get_boxed (value));
      break;
    case PROP_PENDING:
      sm_item_set_pending (self, g_value_get_boolean (value));
      break;
    case PROP_EDITED:
      sm_item_set_edited (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_item_finalize (GObject *object)
{
  g_clear_pointer (&SM_ITEM (object)->row, sm_row_unref);

  G_OBJECT_CLASS (sm_item_parent_class)->finalize (object);
}

static void
sm_item_class_init (SmItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_item_get_property;
  object_class->set_property = sm_item_set_property;
  object_class->finalize = sm_item_finalize;

  properties[PROP_ROW] = g_param_spec_boxed ("row", NULL, NULL, SM_TYPE_ROW, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_EDITED] = g_param_spec_boolean ("edited", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_item_init (SmItem *self)
{
}

SmItem *
sm_item_new (SmRow *row)
{
  SmItem *self = g_object_new (SM_TYPE_ITEM, NULL);

  self->row = sm_row_ref (row);
  return self;
}

/** sm_item_get_row: Returns: (transfer none): the row as it is now */
SmRow *
sm_item_get_row (SmItem *self)
{
  g_return_val_if_fail (SM_IS_ITEM (self), NULL);

  return self->row;
}

/** sm_item_set_row: Replaces the row; tells only when something in it changed. */
void
sm_item_set_row (SmItem *self,
                 SmRow  *row)
{
  g_autoptr (SmRow) old = NULL;

  g_return_if_fail (SM_IS_ITEM (self) && row != NULL);

  old = g_steal_pointer (&self->row);
  self->row = sm_row_ref (row);
  if (old == NULL || !sm_row_equal (old, row))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

gint64
sm_item_get_id (SmItem *self)
{
  return sm_row_get_id (self->row);
}

/** sm_item_get_pending: Whether an act of this person on it waits to be sent. */
gboolean
sm_item_get_pending (SmItem *self)
{
  g_return_val_if_fail (SM_IS_ITEM (self), FALSE);

  return self->pending;
}

void
sm_item_set_pending (SmItem   *self,
                     gboolean  pending)
{
  g_return_if_fail (SM_IS_ITEM (self));

  if (self->pending == !!pending)
    return;
  self->pending = !!pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/** sm_item_get_edited: Whether a change of this person to it waits to be sent. */
gboolean
sm_item_get_edited (SmItem *self)
{
  g_return_val_if_fail (SM_IS_ITEM (self), FALSE);

  return self->edited;
}

void
sm_item_set_edited (SmItem   *self,
                    gboolean  edited)
{
  g_return_if_fail (SM_IS_ITEM (self));

  if (self->edited == !!edited)
    return;
  self->edited = !!edited;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITED]);
}
