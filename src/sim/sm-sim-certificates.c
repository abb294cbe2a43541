/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-certificates.h"

#include "sm-noun.h"
#include "sm-sim-list.h"

#define KNOWN_FOR_US (60 * G_USEC_PER_SEC) /* of the machine: so old may be who may do what */

#define N_KINDS 8

typedef struct
{
  gint64 engineer_id;
  gint64 until[N_KINDS]; /* by the kind; 0: has none */
} Held;

struct _SmSimCertificates
{
  GHashTable *by_engineer; /* of Held */
  gint64 known_at_us;      /* of the machine; 0: never */
};

SmSimCertificates *
sm_sim_certificates_new (void)
{
  SmSimCertificates *self = g_new0 (SmSimCertificates, 1);

  self->by_engineer = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
sm_sim_certificates_free (SmSimCertificates *self)
{
  g_hash_table_unref (self->by_engineer);
  g_free (self);
}

static void
note (SmSimCertificates *self,
      const SmRow       *row)
{
  gint64 id = sm_row_get_int (row, SM_CERTIFICATE_ENGINEER_ID);
  guint kind = sm_row_get_enum (row, SM_CERTIFICATE_KIND);
  Held *held = g_hash_table_lookup (self->by_engineer, &id);

  if (kind >= N_KINDS)
    return;
  if (held == NULL)
    {
      held = g_new0 (Held, 1);
      held->engineer_id = id;
      g_hash_table_insert (self->by_engineer, &held->engineer_id, held);
    }
  held->until[kind] = MAX (held->until[kind], sm_row_get_int (row, SM_CERTIFICATE_EXPIRES_AT));
}

/** sm_sim_certificates_refresh: Reads them, unless it did so a moment ago. */
gboolean
sm_sim_certificates_refresh (SmSimCertificates  *self,
                             SmRules            *rules,
                             GCancellable       *cancellable,
                             GError            **error)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = NULL;

  if (self->known_at_us != 0 && now_us - self->known_at_us < KNOWN_FOR_US)
    return TRUE;
  rows = sm_sim_list_all (rules, SM_NOUN_CERTIFICATE, cancellable, error);
  if (rows == NULL)
    return FALSE;
  g_hash_table_remove_all (self->by_engineer);
  for (guint i = 0; i < rows->len; i++)
    note (self, rows->pdata[i]);
  self->known_at_us = now_us;
  return TRUE;
}

/**
 * sm_sim_certificates_hold:
 * @kind: (nullable): the slug of one; none is needed
 */
gboolean
sm_sim_certificates_hold (SmSimCertificates *self,
                          gint64             engineer_id,
                          const char        *kind,
                          gint64             now_us)
{
  const Held *held = kind != NULL ? g_hash_table_lookup (self->by_engineer, &engineer_id) : NULL;
  guint index = sm_slug_index (sm_certificate_kinds, kind);

  return kind == NULL || (held != NULL && index < N_KINDS && held->until[index] > now_us);
}
