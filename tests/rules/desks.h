/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

#include "sm-desk.h"
#include "sm-desks.h"

/* Who is there: the first is the administrator. */
typedef struct
{
  const char *name, *role;
} DesksPerson;

enum { ROOT, WANG, LI, CHEN, ZHAO, DESKS_N_PEOPLE };

extern const DesksPerson desks_people[DESKS_N_PEOPLE];

/* A service with a main desk, its persons, and four vehicles. */
typedef struct
{
  Fixture *fixture;
  SmActor *actors[DESKS_N_PEOPLE];
  gint64 vehicles[4];
} Desks;

/* What persons do. */
typedef enum { CREATE, EDIT, CLOSE, SIT, LEAVE, BEGIN, SIGN, WITHDRAW, NOTE, ADD, TAKE_OFF } What;

typedef struct
{
  What what;
  SmActor *actor;
  gint64 id;
  gint64 seq;
  const char *text;  /* reason or note */
  const char *person;
  SmRow *row;
  char *key;
} Act;

Desks      *desks_new           (void);
void        desks_free          (Desks       *room);
SmRow      *desks_try_act       (Desks       *room,
                                 Act          act,
                                 GError     **error);
SmRow      *desks_act           (Desks       *room,
                                 Act          act);
void        desks_refused       (Desks       *room,
                                 Act          act,
                                 int          code,
                                 const char  *slug);
void        desks_refused_field (Desks       *room,
                                 Act          act,
                                 const char  *slug);
SmRow      *desks_like          (const char  *name,
                                 const char  *kinds,
                                 const char  *levels);
SmRow      *desks_entry_like    (gint64       desk_id,
                                 const char  *person,
                                 gint64       from,
                                 gint64       to);
SmRow      *desks_read          (Desks       *room,
                                 SmNounId     noun,
                                 gint64       id);
void        desks_say           (Desks       *room,
                                 guint        vehicle,
                                 const char  *code,
                                 gboolean     is_raised);
const char *desks_answers       (SmRow       *desk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desks, desks_free)
