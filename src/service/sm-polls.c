/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-polls.h"

#include "sm-paths.h"

/* Answers that nobody waits for are kept up to this many, until the next tick. */
#define MAX_IDLE_GROUPS 64

/* So much is handed over in one turn of the main loop: when all the apps load
 * the network at once, whoever else asks does not wait for them. */
#define SLICE_BYTES (2 * 1024 * 1024)

struct _SmPolls
{
  SmRules *rules;
  guint watch;
  GHashTable *groups; /* key -> Group, referenced */
  guint64 n_readings;
};

/* Everyone who asks for the same thing. */
typedef struct
{
  grefcount ref_count;
  SmPolls *polls; /* NULL once it is dropped */
  char *key;
  SmPollKind kind;
  SmReadFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GList *waiters; /* of Waiter */
  gboolean is_reading;
  gint64 asked_at; /* seq or tick when the reading began */
  SmPollPage *page;
  gint64 page_at;  /* the page holds everything up to here */
  gboolean is_delivering; /* the next slice is on its way */
} Group;

typedef struct
{
  Group *group;
  SmExchange *exchange;
  guint timer; /* 0: does not wait (any longer) */
} Waiter;

static void group_read (Group *group);
static void group_deliver (Group *group);
static void group_turn_out (Group *group);

static void
poll_page_free (gpointer data)
{
  SmPollPage *page = data;

  g_bytes_unref (page->body);
  sm_gzipped_unref (page->packed);
  g_free (page);
}

/** sm_poll_page_new: @writer: (transfer full): a finished document */
SmPollPage *
sm_poll_page_new (SmJsonWriter *writer,
                  gboolean      is_empty)
{
  g_autoptr (SmJsonWriter) finished = writer;
  SmPollPage *page = g_new (SmPollPage, 1);

  page->body = sm_json_writer_end_bytes (finished);
  page->packed = sm_gzipped_new (page->body);
  page->is_empty = is_empty;
  return page;
}

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->timer != 0)
    g_source_remove (waiter->timer);
  sm_exchange_unref (waiter->exchange);
  g_free (waiter);
}

static void
group_unref (gpointer data)
{
  Group *group = data;

  if (!g_ref_count_dec (&group->ref_count))
    return;
  g_list_free_full (group->waiters, waiter_free);
  if (group->data_free != NULL)
    group->data_free (group->data);
  g_clear_pointer (&group->page, poll_page_free);
  g_free (group->key);
  g_free (group);
}

static Group *
group_ref (Group *group)
{
  g_ref_count_inc (&group->ref_count);
  return group;
}

static gint64
now_at (SmPolls    *self,
        SmPollKind  kind)
{
  return kind == SM_POLL_LIVE ? sm_rules_get_tick (self->rules) : sm_rules_get_seq (self->rules);
}

static void
group_drop (Group *group)
{
  SmPolls *polls = group->polls;

  group->polls = NULL;
  g_hash_table_remove (polls->groups, group->key);
}

static gboolean
group_is_over (Group *group)
{
  if (group->waiters != NULL || group->is_reading)
    return FALSE;
  return group->kind == SM_POLL_CHANGES ||
         g_hash_table_size (group->polls->groups) > MAX_IDLE_GROUPS ||
         group->page_at != now_at (group->polls, group->kind);
}

static gboolean
next_slice_cb (gpointer user_data)
{
  Group *group = user_data;

  group->is_delivering = FALSE;
  if (group->polls == NULL || group->page == NULL)
    return G_SOURCE_REMOVE;
  group_turn_out (group);
  group_deliver (group);
  if (group_is_over (group))
    group_drop (group);
  return G_SOURCE_REMOVE;
}

static void
deliver_on (Group *group)
{
  if (group->is_delivering)
    return;
  group->is_delivering = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, next_slice_cb, group_ref (group), group_unref);
}

static SmAnswer *
answer_of (const SmPollPage *page)
{
  SmAnswer *answer = sm_answer_new (200, g_bytes_ref (page->body), SM_CONTENT_TYPE_JSON);

  answer->packed = sm_gzipped_ref (page->packed);
  return answer;
}

/* Answers whoever does not wait, and everyone once there is something; many
 * large answers in several turns. */
static void
group_deliver (Group *group)
{
  gsize size = g_bytes_get_size (group->page->body), sent = 0;
  GList *next;

  for (GList *l = group->waiters; l != NULL; l = next)
    {
      Waiter *waiter = l->data;

      next = l->next;
      if (group->page->is_empty && waiter->timer != 0)
        continue;
      if (sent > SLICE_BYTES)
        {
          deliver_on (group);
          return;
        }
      sent += size;
      group->waiters = g_list_delete_link (group->waiters, l);
      sm_exchange_answer (waiter->exchange, answer_of (group->page));
      waiter_free (waiter);
    }
}

/* Ends the polls of who was signed out meanwhile, or may see something else. */
static void
group_turn_out (Group *group)
{
  GList *next;

  for (GList *l = group->waiters; l != NULL; l = next)
    {
      Waiter *waiter = l->data;
      g_autoptr (GError) error = NULL;

      next = l->next;
      if (sm_exchange_still_may (waiter->exchange, &error))
        continue;
      group->waiters = g_list_delete_link (group->waiters, l);
      sm_exchange_fail (waiter->exchange, error);
      waiter_free (waiter);
    }
}

static void
group_fail (Group        *group,
            const GError *error)
{
  GList *waiters = g_steal_pointer (&group->waiters);

  for (GList *l = waiters; l != NULL; l = l->next)
    sm_exchange_fail (((Waiter *) l->data)->exchange, error);
  g_list_free_full (waiters, waiter_free);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  Group *group = user_data;

  if (group->polls == NULL)
    {
      group_unref (group);
      return;
    }
  group->is_reading = FALSE;
  g_clear_pointer (&group->page, poll_page_free);
  group->page = sm_rules_read_finish (group->polls->rules, result, &error);
  group->page_at = group->asked_at;
  group_turn_out (group);
  if (group->page != NULL)
    group_deliver (group);
  else
    group_fail (group, error);
  if (group->page == NULL || group_is_over (group))
    group_drop (group);
  else if (group->waiters != NULL && group->page_at != now_at (group->polls, group->kind))
    group_read (group);
  group_unref (group);
}

static void
group_read (Group *group)
{
  if (group->is_reading)
    return;
  group->is_reading = TRUE;
  group->polls->n_readings++;
  group->asked_at = now_at (group->polls, group->kind);
  sm_rules_read_async (group->polls->rules, group->func, group->data, NULL, poll_page_free, NULL,
                       read_cb, group_ref (group));
}

static void
moved_cb (SmRules  *rules,
          gpointer  user_data)
{
  SmPolls *self = user_data;
  g_autoptr (GList) groups = g_hash_table_get_values (self->groups);

  for (GList *l = groups; l != NULL; l = l->next)
    {
      Group *group = l->data;

      group_turn_out (group);
      if (group_is_over (group))
        group_drop (group);
      else if (group->waiters != NULL && group->page_at != now_at (self, group->kind))
        group_read (group);
    }
}

static gboolean
waited_cb (gpointer user_data)
{
  Waiter *waiter = user_data;
  Group *group = waiter->group;

  waiter->timer = 0;
  /* While it is being read again the answer is about to come anyway. */
  if (group->polls == NULL || group->is_reading)
    return G_SOURCE_REMOVE;
  group_turn_out (group);
  group_deliver (group);
  if (group_is_over (group))
    group_drop (group);
  return G_SOURCE_REMOVE;
}

SmPolls *
sm_polls_new (SmRules *rules)
{
  SmPolls *self = g_new0 (SmPolls, 1);

  self->rules = rules;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_unref);
  self->watch = sm_rules_watch (rules, moved_cb, self);
  return self;
}

/** sm_polls_free: Whoever waits gets no answer any more. */
void
sm_polls_free (SmPolls *self)
{
  GHashTableIter iter;
  gpointer group;

  g_return_if_fail (self != NULL);

  sm_rules_unwatch (self->rules, self->watch);
  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      ((Group *) group)->polls = NULL;
      g_list_free_full (g_steal_pointer (&((Group *) group)->waiters), waiter_free);
    }
  g_hash_table_unref (self->groups);
  g_free (self);
}

/** sm_polls_get_open: Returns: how many requests wait */
guint
sm_polls_get_open (SmPolls *self)
{
  GHashTableIter iter;
  gpointer group;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    n += g_list_length (((Group *) group)->waiters);
  return n;
}

/** sm_polls_get_readings: Returns: how often an answer was read and encoded so far */
guint64
sm_polls_get_readings (SmPolls *self)
{
  return self->n_readings;
}

static Group *
ensure_group (SmPolls        *self,
              const char     *key,
              SmPollKind      kind,
              SmReadFunc      func,
              gpointer        data,
              GDestroyNotify  data_free)
{
  Group *group = g_hash_table_lookup (self->groups, key);

  if (group != NULL)
    {
      if (data_free != NULL)
        data_free (data);
      return group;
    }
  group = g_new0 (Group, 1);
  g_ref_count_init (&group->ref_count);
  group->polls = self;
  group->key = g_strdup (key);
  group->kind = kind;
  group->func = func;
  group->data = data;
  group->data_free = data_free;
  g_hash_table_insert (self->groups, group->key, group);
  return group;
}

/**
 * sm_polls_wait:
 * @key: the same for whoever is to be given the same answer: what is asked for
 *   and everything that cuts it to the asker's rights
 * @wait_s: how long to hold on while there is nothing
 * @func: gives an SmPollPage
 * @data: (transfer full): handed to @func, again and again
 */
void
sm_polls_wait (SmPolls        *self,
               SmExchange     *exchange,
               const char     *key,
               SmPollKind      kind,
               guint           wait_s,
               SmReadFunc      func,
               gpointer        data,
               GDestroyNotify  data_free)
{
  Group *group = ensure_group (self, key, kind, func, data, data_free);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->group = group;
  waiter->exchange = sm_exchange_ref (exchange);
  if (wait_s > 0)
    waiter->timer = g_timeout_add_seconds (wait_s, waited_cb, waiter);
  group->waiters = g_list_append (group->waiters, waiter);
  if (group->page == NULL || group->page_at != now_at (self, kind))
    group_read (group);
  else if (!group->is_reading)
    group_deliver (group);
}
