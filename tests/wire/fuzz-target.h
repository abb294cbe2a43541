/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One call feeds bytes to every parser of the contract.  Used by the bounded
 * fuzz test of the suite, and as the entry point of a coverage-guided fuzzer. */

#include <glib.h>
#include <string.h>

#include "sm-changes-codec.h"
#include "sm-cursor.h"
#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-live-codec.h"
#include "sm-problem.h"
#include "sm-report-codec.h"
#include "sm-row-codec.h"

static inline void
fuzz_guard_and_reader (const char *data,
                       gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (data, size);
  g_autofree char *raw = sm_json_reader_read_raw (reader);
  gboolean is_good = sm_json_guard_check (data, size, &error);
  g_autoptr (JsonNode) node = NULL;

  /* The three agree, and what is refused is refused with a reason. */
  g_assert_true (is_good == sm_json_reader_finish (reader, NULL));
  g_assert_true (is_good == (error == NULL));
  g_assert_true (!is_good || raw != NULL);
  node = sm_json_parse (data, size, NULL);
  g_assert_true (is_good || node == NULL);
  if (is_good)
    g_assert_true (sm_json_guard_check (raw, strlen (raw), NULL));
}

static inline void
fuzz_codecs (const char *data,
             gsize       size)
{
  g_autoptr (SmJsonReader) changes_reader = sm_json_reader_new_for_data (data, size);
  g_autoptr (SmJsonReader) vehicles_reader = sm_json_reader_new_for_data (data, size);
  g_autoptr (SmJsonReader) rows_reader = sm_json_reader_new_for_data (data, size);
  g_autoptr (SmJsonReader) row_reader = sm_json_reader_new_for_data (data, size);
  g_autoptr (SmJsonReader) reports_reader = sm_json_reader_new_for_data (data, size);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (SmVehicleBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmReportBatch) reports = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  gboolean more;
  gint64 tick;

  changes = sm_changes_read (changes_reader, &cursor, &more, &error);
  g_assert_true ((changes == NULL) == (error != NULL));
  batch = sm_live_vehicles_read (vehicles_reader, NULL);
  rows = sm_live_rows_read (rows_reader, sm_noun_get (SM_NOUN_CONNECTOR), &tick, NULL);
  row = sm_row_read (row_reader, sm_noun_get (SM_NOUN_STATION), NULL);
  reports = sm_reports_read (reports_reader, NULL);
  if (reports != NULL)
    g_assert_cmpuint (reports->reports->len, ==, reports->indices->len);
}

static inline void
fuzz_one (const char *data,
          gsize       size)
{
  g_autofree char *text = g_strndup (data, size);
  g_autofree char *epoch = NULL;
  g_autoptr (GError) problem = sm_problem_from_json (422, data, size);
  g_autofree char *problem_text = NULL;
  gint64 access_rev, seq;
  guint status;

  fuzz_guard_and_reader (data, size);
  fuzz_codecs (data, size);
  sm_cursor_parse (text, &epoch, &access_rev, &seq, NULL);
  problem_text = sm_problem_to_json (problem, &status);
  g_assert_true (sm_json_guard_check (problem_text, strlen (problem_text), NULL));
}
