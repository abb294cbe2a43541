/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-time.h"
#include "sm-work-plant.h"

G_BEGIN_DECLS

/*
 * What work orders say of those who do them and of what they are about.  Service and application
 * reckon by this alone, so that both say the same, also where one cannot reach the other.
 */

/** SmWorkFiguresBy: what orders are put together by. */
typedef enum
{
  SM_WORK_FIGURES_TOTAL,
  SM_WORK_FIGURES_PERSON,  /* who has it */
  SM_WORK_FIGURES_STATION,
  SM_WORK_FIGURES_CAUSE,   /* the code of its alarm */
  SM_WORK_FIGURES_AGENT,   /* the company that was given it */
  SM_WORK_FIGURES_KIND,    /* of equipment, or of whatever else it is about */
  SM_WORK_FIGURES_PILE,    /* which also its connectors are of */
  SM_WORK_FIGURES_N
} SmWorkFiguresBy;

extern const char *const sm_work_figures_by[]; /* slugs */

/* Orders of a level up to this one say that a station does not serve as it should. */
#define SM_WORK_FIGURES_DOWN_LEVEL 2
/* An order that is made before the time that is asked about is down time of it for so long. */
#define SM_WORK_FIGURES_BEFORE (90 * SM_DAY)

/** SmWorkFigure: NAN is what nothing can be said of. */
typedef struct
{
  SmWorkFiguresBy by;
  gint64 id;  /* of the engineer, station, company or pile; 0: none */
  char *name; /* (nullable): of a person or company as the orders say it; the code of a cause;
                 the slug of a kind of equipment, or the name of another noun */
  gint64 orders; /* made in the time, and of these: */
  gint64 unaccepted, accepted, completed, confirmed, cancelled;
  gint64 responded, response_late;
  gint64 restored, restore_late;
  gint64 mended, first_time; /* without coming again, a rejection or a second visit */
  gint64 failures;           /* repairs that nobody came again for */
  double response_s;         /* in the mean */
  double restore_s;          /* in the mean: MTTR */
  double first_time_pct;
  double mtbf_s;
  double down_s;             /* unplanned */
  double planned_s;          /* in maintenance windows */
  double unplanned_pct;      /* availability without what was not planned */
  double available_pct;      /* without either */
} SmWorkFigure;

/** SmWorkFigureMember: one of its numbers, by name. */
typedef struct
{
  const char *name;
  gboolean is_real; /* else a gint64 */
  gsize offset;
} SmWorkFigureMember;

extern const SmWorkFigureMember sm_work_figure_members[];
extern const guint sm_n_work_figure_members;

typedef struct
{
  gint64 as_of;
  gint64 from;
  gint64 to;
  gint64 stations;
  GPtrArray *figures; /* of SmWorkFigure: the total first; the most orders first of each other */
} SmWorkFigures;

SmWorkFigures *sm_work_figures_new    (void);
void           sm_work_figures_free   (SmWorkFigures   *self);
SmWorkFigure  *sm_work_figure_new     (SmWorkFiguresBy  by,
                                       gint64           id,
                                       const char      *name);
SmWorkFigures *sm_work_figures_reckon (gint64             from,
                                       gint64             to,
                                       gint64             now,
                                       const GPtrArray   *orders,
                                       const GPtrArray   *windows,
                                       gint64             n_stations,
                                       const SmWorkPlant *plant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkFigures, sm_work_figures_free)

G_END_DECLS
