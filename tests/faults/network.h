/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-rules.h"
#include "sm-test-proxy.h"
#include "sm-test-service.h"

G_BEGIN_DECLS

/**
 * Network:
 *
 * A small network that a fault test changes as it likes: the real service, and
 * beside it this program as a visitor, who registers, changes and removes things.
 */
typedef struct
{
  SmTestService *service;
  char *token; /* of an administrator, who sees everything */
} Network;

/** Wall: the application's lower half, on a wire of its own. */
typedef struct
{
  SmTestProxy *proxy;
  char *dir;
  char *cache;
  char *state;
  SmOps *ops; /* NULL: not started */
  guint retry_id;
} Wall;

#define NETWORK_USER "adam"
#define NETWORK_PASSWORD "correct horse battery"
#define NETWORK_ALONE "--alone"
#define NETWORK_STATIONS 40
#define NETWORK_VEHICLES 400

Network  *network_new          (void);
void      network_free         (Network     *self);
void      network_run          (Network     *self);
SmRules  *network_visit        (Network     *self);
void      network_change       (SmRules     *rules,
                                GRand       *rand,
                                guint        n);
char     *network_add_gateway  (Network     *self);
void      network_heat         (Network     *self,
                                const char  *gateway,
                                guint        first,
                                guint        n,
                                double       temperature_c);

Wall     *wall_new             (Network     *network);
int       wall_run_alone       (char       **argv);
GSubprocess *
          wall_spawn           (Wall        *self);
void      wall_end             (GSubprocess *child,
                                gboolean     is_killed);
void      wall_free            (Wall        *self);
void      wall_start           (Wall        *self);
void      wall_stop            (Wall        *self);
guint     wall_paint           (SmOps       *ops);
GError   *wall_acknowledge     (Wall        *self,
                                gint64       alarm_id,
                                const char  *note);
SmStatusState
          wall_state           (Wall        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Network, network_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wall, wall_free)

G_END_DECLS
