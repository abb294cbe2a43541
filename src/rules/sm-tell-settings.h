/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-tell-template.h"
#include "sm-telling.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How persons are told of what happens, as an administrator wrote it down in a file:
 * the channels, who can be reached where, who is told of what, and in which words. */

/** SmTellLanguage: one that messages can be in. */
typedef enum
{
  SM_TELL_ENGLISH,
  SM_TELL_CHINESE,
  SM_TELL_N_LANGUAGES
} SmTellLanguage;

extern const char *const sm_tell_languages[];

/** SmTellText: what messages there are. */
typedef enum
{
  SM_TELL_TEXT_ALARM,
  SM_TELL_TEXT_ORDER,
  SM_TELL_TEXT_STORM,
  SM_TELL_TEXT_TEST,
  SM_TELL_N_TEXTS
} SmTellText;

/** SmTellGateway: by which messages of one channel go out. */
typedef struct
{
  char *url;          /* http, https, smtp or smtps; {fields} in it are percent-encoded */
  char *method;
  char *content_type;
  char *body;         /* with {fields} */
  GPtrArray *headers; /* of char *: "Name: value", with {secret} in it perhaps */
  char *user;         /* (nullable) */
  char *from;         /* (nullable): of e-mail */
  char *secret;       /* (nullable): never written anywhere */
  guint timeout_ms;
  guint max_attempts;
  gboolean is_local;  /* it is on this machine: nothing needs to be encrypted */
} SmTellGateway;

/** SmTellPerson: where somebody can be reached. */
typedef struct
{
  char *name; /* as they sign in */
  SmTellLanguage language;
  char *addresses[SM_TELL_N_CHANNELS]; /* (nullable) */
} SmTellPerson;

/** SmTellRule: who is told of what. */
typedef struct
{
  char *name;
  guint levels;       /* bits 1 << level */
  gboolean safety_only;
  char **codes;       /* (nullable): any */
  GArray *areas;      /* (nullable): of gint64: any; with what lies in them */
  char **to;          /* desk, roster, agent, role:NAME, person:NAME */
  guint channels;     /* bits 1 << SmTellChannel */
  gint64 wait_us;     /* it may be over, or a part of another, by then */
  gboolean goes_on;   /* to the next, until somebody confirms */
} SmTellRule;

typedef struct _SmTellSettings
{
  SmTellGateway *gateways[SM_TELL_N_CHANNELS]; /* (nullable) */
  GHashTable *persons;  /* name -> SmTellPerson */
  GHashTable *contacts; /* likewise, as persons changed it: these hold; behind a lock */
  GPtrArray *former;    /* of SmTellPerson: that somebody may still look at */
  GPtrArray *rules;     /* of SmTellRule */
  char *texts[SM_TELL_N_TEXTS][SM_TELL_N_CHANNELS][SM_TELL_N_LANGUAGES]; /* (nullable): ours */
  SmTellLanguage language; /* of devices, and of whoever is no [person] */
  SmTellChannel order_channels[SM_TELL_WEBHOOK]; /* of work orders: the first that reaches one */
  guint n_order_channels;
  char *base;           /* (nullable): under which our pages are found, without a slash at the end */
  gint64 answer_us;     /* for so long a person has to confirm */
  gint64 storm_us;      /* in which a person is told at most so often: */
  gint64 storm_messages;
} SmTellSettings;

SmTellSettings     *sm_tell_settings_load (const char            *path,
                                           GError               **error);
SmTellSettings     *sm_tell_settings_parse (const char           *text,
                                           const char            *folder,
                                           GError               **error);
void                sm_tell_settings_free (SmTellSettings        *self);
gboolean            sm_tell_is_address    (SmTellChannel          channel,
                                           const char            *address);
void                sm_tell_settings_put  (SmTellSettings        *self,
                                           const char            *name,
                                           SmTellPerson          *person);
void                sm_tell_settings_forget_contacts (SmTellSettings *self);
const SmTellPerson *sm_tell_settings_find (const SmTellSettings  *self,
                                           const char            *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellSettings, sm_tell_settings_free)

G_END_DECLS
