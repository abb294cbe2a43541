/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-gate.h"

#include "sm-error.h"
#include "sm-time.h"

#include <gio/gio.h>
#include <string.h>

/* A person reports one thing, a driver with a bad day five; a station's own network
 * shows one address for all who stand there, and a pile has no twenty people around it. */
#define MOST_OF_ONE 20
#define MOST_OF_LABEL 20
/* Beyond that only who has not reported in this minute is heard, */
#define MANY_OF_ALL 300
/* and beyond that nobody: other work waits behind it. */
#define MOST_OF_ALL 1200
/* How often the same may come again: each is looked up. */
#define MOST_AGAIN 20

struct _SmScanGate
{
  SmClock *machine;
  GHashTable *peers;  /* char * -> reports in this minute */
  GHashTable *labels; /* likewise */
  GHashTable *keys;   /* what was let in in this minute, and how often it came */
  GHashTable *before; /* in the minute before: who was cut off sends it again by then */
  gint64 minute;
  guint n;
};

static GHashTable *
new_counts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/** sm_scan_gate_new: @machine: minutes are its */
SmScanGate *
sm_scan_gate_new (SmClock *machine)
{
  SmScanGate *self = g_new0 (SmScanGate, 1);

  self->machine = sm_clock_ref (machine);
  self->peers = new_counts ();
  self->labels = new_counts ();
  self->keys = new_counts ();
  self->before = new_counts ();
  return self;
}

void
sm_scan_gate_free (SmScanGate *self)
{
  g_hash_table_unref (self->peers);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->before);
  sm_clock_unref (self->machine);
  g_free (self);
}

static void
turn (SmScanGate *self,
      gint64      minute)
{
  GHashTable *keys = self->before;

  if (minute == self->minute)
    return;
  self->before = self->keys;
  g_hash_table_remove_all (keys);
  self->keys = keys;
  if (minute != self->minute + 1)
    g_hash_table_remove_all (self->before);
  g_hash_table_remove_all (self->peers);
  g_hash_table_remove_all (self->labels);
  self->minute = minute;
  self->n = 0;
}

static guint
count_of (GHashTable *counts,
          const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
}

static void
count (GHashTable *counts,
       const char *name)
{
  g_hash_table_replace (counts, g_strdup (name), GUINT_TO_POINTER (count_of (counts, name) + 1));
}

/* Returns: (transfer full) (nullable): who it is: one of IPv6 has as many addresses as they like;
 *   NULL: something on this machine that passes on what others send */
static char *
who_is (const char *peer)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (peer);
  const guint8 *bytes;

  if (address == NULL)
    return g_strdup (peer);
  if (g_inet_address_get_is_loopback (address))
    return NULL;
  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (peer);
  bytes = g_inet_address_to_bytes (address);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x", bytes[0], bytes[1], bytes[2],
                          bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
}

static gboolean
is_too_much (SmScanGate *self,
             const char *who,
             const char *label)
{
  guint of_one = who != NULL ? count_of (self->peers, who) : 0;

  return of_one >= MOST_OF_ONE || count_of (self->labels, label) >= MOST_OF_LABEL
         || self->n >= MOST_OF_ALL || (self->n >= MANY_OF_ALL && of_one > 0);
}

static gboolean
refuse (SmScanGate  *self,
        GError     **error)
{
  gint64 left = SM_MINUTE - sm_clock_now (self->machine) % SM_MINUTE;
  g_autofree char *seconds
      = g_strdup_printf ("%" G_GINT64_FORMAT, (left + SM_SECOND - 1) / SM_SECOND);

  sm_set_error (error, SM_ERROR_TOO_MANY, "too-many-reports",
                "Too many reports in one minute; the next one is taken in %s s", seconds);
  if (error != NULL)
    sm_error_set_param (*error, "retry_after_s", seconds);
  return FALSE;
}

/**
 * sm_scan_gate_pass:
 * @peer: the address that it came from
 * @label: of what it is
 * @key: the same when it is sent again
 */
gboolean
sm_scan_gate_pass (SmScanGate  *self,
                   const char  *peer,
                   const char  *label,
                   const char  *key,
                   GError     **error)
{
  g_autofree char *who = who_is (peer);
  guint again;

  turn (self, sm_clock_now (self->machine) / SM_MINUTE);
  again = MAX (count_of (self->keys, key), count_of (self->before, key));
  if (again >= MOST_AGAIN || (again == 0 && is_too_much (self, who, label)))
    return refuse (self, error);
  count (self->keys, key);
  if (again > 0)
    return TRUE;
  if (who != NULL)
    count (self->peers, who);
  count (self->labels, label);
  self->n++;
  return TRUE;
}
