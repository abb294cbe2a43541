/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-heap.h"

/* Four children a node: the tree is half as deep and a node's children share a cache line. */
#define ARITY 4

typedef struct
{
  gint64 at_us;
  guint subject;
} Entry;

struct _SmSimHeap
{
  guint n;
  Entry *entries;   /* the heap; everybody is always in it */
  guint *place_of;  /* where in it a subject is */
};

/** sm_sim_heap_new: For nobody of them anything is due. */
SmSimHeap *
sm_sim_heap_new (guint n_subjects)
{
  SmSimHeap *self = g_new0 (SmSimHeap, 1);

  self->n = n_subjects;
  self->entries = g_new (Entry, MAX (n_subjects, 1));
  self->place_of = g_new (guint, MAX (n_subjects, 1));
  for (guint i = 0; i < n_subjects; i++)
    {
      self->entries[i] = (Entry){ SM_SIM_NEVER, i };
      self->place_of[i] = i;
    }
  return self;
}

void
sm_sim_heap_free (SmSimHeap *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->entries);
  g_free (self->place_of);
  g_free (self);
}

static inline gboolean
is_before (Entry a,
           Entry b)
{
  return a.at_us < b.at_us || (a.at_us == b.at_us && a.subject < b.subject);
}

static inline void
put (SmSimHeap *self,
     guint      place,
     Entry      entry)
{
  self->entries[place] = entry;
  self->place_of[entry.subject] = place;
}

static guint
rise (SmSimHeap *self,
      guint      place,
      Entry      entry)
{
  while (place > 0)
    {
      guint parent = (place - 1) / ARITY;

      if (!is_before (entry, self->entries[parent]))
        break;
      put (self, place, self->entries[parent]);
      place = parent;
    }
  return place;
}

static guint
sink (SmSimHeap *self,
      guint      place,
      Entry      entry)
{
  for (;;)
    {
      guint first = place * ARITY + 1, least = first;

      if (first >= self->n)
        return place;
      for (guint i = first + 1; i < MIN (first + ARITY, self->n); i++)
        if (is_before (self->entries[i], self->entries[least]))
          least = i;
      if (!is_before (self->entries[least], entry))
        return place;
      put (self, place, self->entries[least]);
      place = least;
    }
}

/** sm_sim_heap_set: From now on this is when something happens to @subject. */
void
sm_sim_heap_set (SmSimHeap *self,
                 guint      subject,
                 gint64     at_us)
{
  Entry entry = { at_us, subject };
  guint place = self->place_of[subject];
  guint risen = rise (self, place, entry);

  put (self, risen == place ? sink (self, place, entry) : risen, entry);
}

gint64
sm_sim_heap_get (const SmSimHeap *self,
                 guint            subject)
{
  return self->entries[self->place_of[subject]].at_us;
}

/** sm_sim_heap_first: Returns: when the next thing happens, or %SM_SIM_NEVER. */
gint64
sm_sim_heap_first (const SmSimHeap *self,
                   guint           *out_subject)
{
  if (self->n == 0)
    return SM_SIM_NEVER;
  *out_subject = self->entries[0].subject;
  return self->entries[0].at_us;
}
