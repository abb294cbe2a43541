/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/** SmFaultOrigin: who finds out that it is so. */
typedef enum
{
  SM_FAULT_OF_DEVICE, /* a device says it: sm_ingest_faults() */
  SM_FAULT_OF_LIMIT,  /* a limit on a live value finds it */
  SM_FAULT_OF_RULE,   /* the service finds it: silence, wear, a pack in two places */
} SmFaultOrigin;

/**
 * SmFaultCode:
 *
 * What is known of every alarm of that code, wherever it comes from.
 */
typedef struct
{
  const char *code;
  SmFaultOrigin origin;
  int level;             /* 1 critical to 4 notice */
  SmNounId noun;         /* what it usually is a fault of */
  guint equipment_kind;  /* SmEquipmentKind, or SM_ENUM_UNKNOWN: of the thing itself */
  gboolean is_safety;    /* never shelved, suppressed, folded or cleared by data alone */
  double weight;         /* 1-5: how much the kind of thing adds to the risk */
  const char *next_step; /* slug: what to do first */
  const char *word;      /* English; see sm_word_of_alarm() */
} SmFaultCode;

const SmFaultCode *sm_fault_code_find         (const char *code);
const SmFaultCode *sm_fault_code_list         (guint      *out_n);
const char        *sm_fault_code_next_step    (const char *code);
const char *const *sm_fault_code_list_steps   (void);
const char        *sm_fault_code_step_english (const char *step);
double             sm_fault_code_risk         (int         level,
                                               double      weight,
                                               const char *situation);

G_END_DECLS
