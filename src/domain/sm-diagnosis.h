/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmChannelState: one of the ways by which data come and go. */
typedef struct
{
  char *name;        /* as the service calls it: "changes", "vehicles", "acts" */
  gint64 good_at;    /* monotonic; 0: never; -1: this service has no such thing */
  char *problem;     /* (nullable): slug of the last trouble ... */
  gint64 problem_at; /* ... and when, monotonic */
} SmChannelState;

/** SmDiagnosis: how it stands with the way to the service and the files here.  No secret is in it. */
typedef struct
{
  char *server;          /* its address, without what could be a password */
  char *service_version; /* (nullable): while it was not heard yet */
  char *network;         /* (nullable) */
  char *epoch;           /* (nullable) */
  GArray *channels;      /* of SmChannelState */
  gint64 cache_bytes;
  gint64 history_from;   /* network time of the first and the last order here; SM_UNKNOWN: none */
  gint64 history_to;
  guint acts_waiting;
  guint acts_conflicting;
  guint acts_elsewhere;
} SmDiagnosis;

SmDiagnosis *sm_diagnosis_new  (void);
void         sm_diagnosis_free (SmDiagnosis *self);

/* Shorter words are no token. */
#define SM_SCRUB_MIN 40

char        *sm_scrub          (const char  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmDiagnosis, sm_diagnosis_free)

G_END_DECLS
