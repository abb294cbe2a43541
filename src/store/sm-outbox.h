/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-edit.h"
#include "sm-connection.h"

G_BEGIN_DECLS

/**
 * SmOutbox:
 *
 * Acts of persons that the service has not confirmed.  The one thing of the
 * application that must not be lost: its own file, synchronous, migrated for
 * ever.  It alone says what is pending.  One thread at a time.
 *
 * One file holds the acts for every network: each carries the network's epoch and
 * its person, and is only ever sent to that network as that person.
 *
 * An act is waiting, then sending, then answered (until the feed has shown what
 * it did) or a conflict (until a person has decided).  Only sm_outbox_drop(), which
 * a person asks for, forgets one that the service has not done.
 */
typedef struct _SmOutbox SmOutbox;

typedef enum
{
  SM_ACT_WAITING,
  SM_ACT_SENDING,
  SM_ACT_ANSWERED,
  SM_ACT_CONFLICT,
} SmActState;

/** SmAct: one act as it stands in the outbox. */
typedef struct
{
  char *key; /* idempotency key, UUIDv7 */
  char *network; /* epoch of the network that it is for */
  gint64 person_id;
  char *verb;
  const SmNoun *noun;
  gint64 object_id;
  char *method;
  char *path;
  char *body;
  char *note;
  gint64 created_at; /* network time */
  SmActState state;
  gint64 answer_seq; /* SM_UNKNOWN until it is answered */
  char *problem;     /* slug of the last trouble, or NULL */
  gint64 base_seq;   /* of an edit: the state that the person saw; else SM_UNKNOWN */
  GPtrArray *changes; /* (nullable): of SmEdit */
  gint64 theirs_seq; /* of a conflict, where it is known: the state that is in the way */
  char *file;        /* (nullable): the sum of the file that goes along, instead of a body */
  gint64 file_size;  /* of that, in bytes; else SM_UNKNOWN */
  char *object_name; /* (nullable): what the object was called ... */
  char *network_name; /* (nullable): ... and the network ... */
  char *person_name;  /* (nullable): ... and the person */
} SmAct;

/* So many bytes of files wait at most; what is more is refused while it can still be taken
 * elsewhere. */
#define SM_OUTBOX_MAX_FILES_BYTES (G_GINT64_CONSTANT (512) * 1024 * 1024)

SmAct     *sm_act_new           (void);
void       sm_act_free          (SmAct        *act);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAct, sm_act_free)

SmOutbox  *sm_outbox_open       (const char   *path,
                                 GError      **error);
void       sm_outbox_close      (SmOutbox     *self);
gboolean   sm_outbox_probe      (SmOutbox     *self,
                                 GError      **error);

gboolean   sm_outbox_add        (SmOutbox     *self,
                                 const SmAct  *act,
                                 GError      **error);
gboolean   sm_outbox_add_file   (SmOutbox     *self,
                                 SmAct        *act,
                                 GBytes       *bytes,
                                 gint64        most,
                                 GError      **error);
char      *sm_outbox_dup_folder (const char   *path);
gboolean   sm_outbox_take_next  (SmOutbox     *self,
                                 const char   *network,
                                 gint64        person_id,
                                 SmAct       **out_act,
                                 GError      **error);
gboolean   sm_outbox_answered   (SmOutbox     *self,
                                 const char   *key,
                                 gint64        seq,
                                 const SmRow  *answer,
                                 GError      **error);
gboolean   sm_outbox_put_back   (SmOutbox     *self,
                                 const char   *key,
                                 const char   *problem,
                                 GError      **error);
gboolean   sm_outbox_conflict   (SmOutbox     *self,
                                 const char   *key,
                                 const char   *problem,
                                 GError      **error);
gboolean   sm_outbox_rebase     (SmOutbox     *self,
                                 const SmAct  *act,
                                 GError      **error);
gboolean   sm_outbox_oppose     (SmOutbox     *self,
                                 const SmAct  *act,
                                 const char   *problem,
                                 GError      **error);
gboolean   sm_outbox_resolve    (SmOutbox     *self,
                                 const char   *key,
                                 const SmAct  *act,
                                 GError      **error);
gboolean   sm_outbox_drop       (SmOutbox     *self,
                                 const char   *key,
                                 GError      **error);
gboolean   sm_outbox_remove     (SmOutbox     *self,
                                 const char   *key,
                                 GError      **error);
SmAct     *sm_outbox_find       (SmOutbox     *self,
                                 const char   *key,
                                 GError      **error);
GPtrArray *sm_outbox_list_elsewhere (SmOutbox   *self,
                                     const char *network,
                                     gint64      person_id,
                                     GError    **error);
GPtrArray *sm_outbox_list       (SmOutbox     *self,
                                 const char   *network,
                                 gint64        person_id,
                                 GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmOutbox, sm_outbox_close)

G_END_DECLS
