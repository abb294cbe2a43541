/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-test-service.h"

G_BEGIN_DECLS

/**
 * SmTestTruth:
 *
 * Every record of a network as one side has it, to be compared row by row: of
 * each its seq and a checksum of all its fields; of each kind how many there are
 * and the sum of hash (id, seq).
 */
typedef struct _SmTestTruth SmTestTruth;

typedef struct
{
  guint64 rows;
  guint64 sum; /* of hash (id, seq) */
} SmTestTruthKind;

SmTestTruth           *sm_test_truth_of_service (SmTestService     *service,
                                                 const char        *token);
SmTestTruth           *sm_test_truth_of_cache   (const char        *cache_dir,
                                                 const char        *epoch);
void                   sm_test_truth_follow     (SmTestTruth       *self,
                                                 SmTestService     *service,
                                                 const char        *token);
void                   sm_test_truth_hide       (SmTestTruth       *self,
                                                 SmTestTruth       *newer);
void                   sm_test_truth_free       (SmTestTruth       *self);
const char            *sm_test_truth_get_cursor (SmTestTruth       *self);
const SmTestTruthKind *sm_test_truth_get_kind   (SmTestTruth       *self,
                                                 SmNounId           noun);
GArray                *sm_test_truth_dup_ids    (SmTestTruth       *self,
                                                 SmNounId           noun);
guint                  sm_test_truth_compare    (SmTestTruth       *service,
                                                 SmTestTruth       *cache,
                                                 char             **out_words);

char                  *sm_test_truth_dup_epoch  (SmTestService     *service);
void                   sm_test_truth_wait_equal (SmTestService     *service,
                                                 const char        *token,
                                                 const char        *cache_dir);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestTruth, sm_test_truth_free)

G_END_DECLS
