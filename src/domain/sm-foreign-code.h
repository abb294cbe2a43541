/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/** SmForeignScheme: in whose words a device says what is wrong with it. */
typedef enum
{
  SM_FOREIGN_OURS,     /* our codes, or whatever else the sender calls it: begins and ends by itself */
  SM_FOREIGN_GBT32960, /* GB/T 32960.3: the alarm flags and fault lists of now */
  SM_FOREIGN_OCPP16,   /* StatusNotification: the one error of now */
  SM_FOREIGN_OCPP201,  /* NotifyEvent: begins and ends by itself */
  SM_N_FOREIGN_SCHEMES
} SmForeignScheme;

extern const char *const sm_foreign_schemes[];

#define SM_GBT32960_N_LISTS 4
/* How many codes a list may have at most, and how many unknown ones a device. */
#define SM_FOREIGN_MAX_CODES 252
#define SM_FOREIGN_MAX_UNKNOWN 16

/** SmForeignReport: What a device says is wrong with it; what it does not say is NULL, 0. */
typedef struct
{
  SmForeignScheme scheme;
  SmNounId noun;
  gint64 id;
  gint64 at_us;
  gboolean is_over;            /* OURS, OCPP201: it ended */
  const char *code;            /* OURS; the errorCode of OCPP 1.6; the component of 2.0.1 */
  const char *detail;          /* vendorErrorCode of 1.6; the variable of 2.0.1 */
  const char *vendor;          /* vendorId of 1.6; techCode of 2.0.1 */
  const char *text;            /* (nullable): verbatim */
  gint64 severity;             /* of OCPP 2.0.1: 0-9; SM_UNKNOWN */
  guint32 flags;               /* GB/T 32960 */
  gint64 level;                /* its highest alarm level: 0-3; SM_UNKNOWN */
  const guint32 *lists[SM_GBT32960_N_LISTS]; /* battery, motor, engine, other */
  guint n_lists[SM_GBT32960_N_LISTS];
  double value, limit_value;   /* OURS: NAN: none */
  gint64 equipment_id;         /* OURS: SM_UNKNOWN: none */
} SmForeignReport;

void sm_foreign_report_init (SmForeignReport *self);

/** SmForeignFault: One thing that is wrong, under our code, with what the sender calls it. */
typedef struct
{
  char *code;
  char *sender_code;
} SmForeignFault;

void        sm_foreign_fault_free    (SmForeignFault        *self);
GPtrArray  *sm_foreign_faults        (const SmForeignReport *report);
gboolean    sm_foreign_is_snapshot   (SmForeignScheme        scheme);
gboolean    sm_foreign_is_readable   (const SmForeignReport *report);

const char *sm_foreign_of_flag       (guint                  bit);
const char *sm_foreign_of_ocpp16     (const char            *error_code);
const char *sm_foreign_of_ocpp201    (const char            *component);
char       *sm_foreign_unknown       (SmNounId               noun,
                                      const char            *sender_code);

G_END_DECLS
