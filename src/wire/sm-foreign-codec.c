/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-foreign-codec.h"

#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-time.h"

#include <math.h>

/*
 * Reports of what is wrong, in the words of several standards.  A report that cannot
 * be read is refused alone, and the others are taken.
 */

#define MAX_REPORTS 5000
#define MAX_CODE 200
#define MAX_TEXT 2000

static const char *const lists[SM_GBT32960_N_LISTS]
    = { "battery_faults", "motor_faults", "engine_faults", "other_faults" };

void
sm_foreign_batch_free (SmForeignBatch *self)
{
  g_array_unref (self->reports);
  g_array_unref (self->indices);
  g_array_unref (self->rejected);
  g_ptr_array_unref (self->lists);
  json_object_unref (self->body);
  g_free (self);
}

static SmForeignBatch *
batch_new (JsonObject *body)
{
  SmForeignBatch *self = g_new (SmForeignBatch, 1);

  self->reports = g_array_new (FALSE, FALSE, sizeof (SmForeignReport));
  self->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rejected = g_array_new (FALSE, FALSE, sizeof (SmReportRejection));
  self->lists = g_ptr_array_new_with_free_func (g_free);
  self->body = json_object_ref (body);
  return self;
}

/* One that holds what is no code at all is not read for the rest of it either: what
 * it leaves out would be over. */
static gboolean
read_list (SmForeignBatch   *batch,
           JsonObject       *object,
           guint             list,
           SmForeignReport  *report,
           GError          **error)
{
  JsonArray *array = NULL;
  guint32 *codes;
  guint n;

  if (!sm_json_get_array (object, lists[list], SM_JSON_OPTIONAL, &array, error))
    return FALSE;
  n = array != NULL ? json_array_get_length (array) : 0;
  if (n == 0)
    return TRUE;
  if (n > SM_FOREIGN_MAX_CODES)
    {
      sm_set_error (error, SM_ERROR_INVALID, "too-long", "%s has %u codes", lists[list], n);
      return FALSE;
    }
  codes = g_new (guint32, n);
  g_ptr_array_add (batch->lists, codes);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 code = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                        ? json_node_get_int (node) : -1;

      if (code < 0 || code > G_MAXUINT32)
        {
          sm_set_error (error, SM_ERROR_INVALID, "out-of-range", "%s holds no code", lists[list]);
          return FALSE;
        }
      codes[i] = (guint32) code;
    }
  report->lists[list] = codes;
  report->n_lists[list] = n;
  return TRUE;
}

static gboolean
read_gbt32960 (SmForeignBatch   *batch,
               JsonObject       *object,
               SmForeignReport  *report,
               GError          **error)
{
  gint64 flags = 0;

  if (!sm_json_get_int (object, "flags", SM_JSON_REQUIRED, 0, G_MAXUINT32, &flags, error)
      || !sm_json_get_int (object, "level", SM_JSON_OPTIONAL, 0, 255, &report->level, error))
    return FALSE;
  report->flags = (guint32) flags;
  for (guint list = 0; list < SM_GBT32960_N_LISTS; list++)
    if (!read_list (batch, object, list, report, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_text (JsonObject   *object,
           const char   *name,
           SmJsonFlags   flags,
           const char  **out_text,
           GError      **error)
{
  return sm_json_get_text (object, name, flags, MAX_CODE, out_text, error);
}

static gboolean
read_ocpp16 (JsonObject       *object,
             SmForeignReport  *report,
             GError          **error)
{
  return read_text (object, "error_code", SM_JSON_REQUIRED, &report->code, error)
         && read_text (object, "vendor_error_code", SM_JSON_OPTIONAL, &report->detail, error)
         && read_text (object, "vendor_id", SM_JSON_OPTIONAL, &report->vendor, error);
}

static gboolean
read_ocpp201 (JsonObject       *object,
              SmForeignReport  *report,
              GError          **error)
{
  return read_text (object, "component", SM_JSON_REQUIRED, &report->code, error)
         && read_text (object, "variable", SM_JSON_OPTIONAL, &report->detail, error)
         && read_text (object, "tech_code", SM_JSON_OPTIONAL, &report->vendor, error)
         && sm_json_get_int (object, "severity", SM_JSON_OPTIONAL, 0, 9, &report->severity, error)
         && sm_json_get_bool (object, "cleared", SM_JSON_OPTIONAL, &report->is_over, error);
}

static gboolean
read_ours (JsonObject       *object,
           SmForeignReport  *report,
           GError          **error)
{
  return read_text (object, "code", SM_JSON_REQUIRED, &report->code, error)
         && read_text (object, "sender_code", SM_JSON_OPTIONAL, &report->detail, error)
         && sm_json_get_bool (object, "cleared", SM_JSON_OPTIONAL, &report->is_over, error)
         && sm_json_get_real (object, "value", SM_JSON_OPTIONAL, -1e12, 1e12, &report->value, error)
         && sm_json_get_real (object, "limit_value", SM_JSON_OPTIONAL, -1e12, 1e12,
                              &report->limit_value, error)
         && sm_json_get_int (object, "equipment_id", SM_JSON_OPTIONAL, 1, SM_JSON_MAX_ID,
                             &report->equipment_id, error);
}

/* Returns: (nullable): why it cannot be used */
static const char *
read_head (JsonObject       *object,
           SmForeignReport  *report,
           GError          **error)
{
  const char *scheme = NULL, *name = NULL;
  const SmNoun *noun;
  guint index;

  if (!read_text (object, "scheme", SM_JSON_REQUIRED, &scheme, error)
      || !read_text (object, "noun", SM_JSON_REQUIRED, &name, error)
      || !sm_json_get_int (object, "id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID, &report->id, error)
      || !sm_json_get_time (object, "at", SM_JSON_REQUIRED, &report->at_us, error)
      || !sm_json_get_text (object, "text", SM_JSON_OPTIONAL, MAX_TEXT, &report->text, error))
    return "unreadable";
  index = sm_slug_index (sm_foreign_schemes, scheme);
  noun = sm_noun_by_name (name);
  if (index == SM_ENUM_UNKNOWN)
    return "scheme-unknown";
  if (noun == NULL || noun->is_history)
    return "unknown-object";
  report->scheme = (SmForeignScheme) index;
  report->noun = noun->id;
  return NULL;
}

static const char *
read_report (SmForeignBatch  *batch,
             JsonObject      *object,
             SmForeignReport *report)
{
  g_autoptr (GError) error = NULL;
  const char *refused;
  gboolean is_good;

  sm_foreign_report_init (report);
  refused = read_head (object, report, &error);
  if (refused != NULL)
    return refused;
  switch (report->scheme)
    {
    case SM_FOREIGN_GBT32960:
      is_good = read_gbt32960 (batch, object, report, &error);
      break;
    case SM_FOREIGN_OCPP16:
      is_good = read_ocpp16 (object, report, &error);
      break;
    case SM_FOREIGN_OCPP201:
      is_good = read_ocpp201 (object, report, &error);
      break;
    default:
      is_good = read_ours (object, report, &error);
      break;
    }
  return is_good && sm_foreign_is_readable (report) ? NULL : "unreadable";
}

/** sm_foreign_batch_read: Returns: (transfer full) (nullable): NULL when it is no such request */
SmForeignBatch *
sm_foreign_batch_read (JsonObject  *body,
                       GError     **error)
{
  g_autoptr (SmForeignBatch) batch = batch_new (body);
  JsonArray *array = NULL;

  if (!sm_json_get_array (body, "reports", SM_JSON_REQUIRED, &array, error))
    return NULL;
  if (json_array_get_length (array) > MAX_REPORTS)
    {
      sm_set_error (error, SM_ERROR_INVALID, "too-long", "There are more than %d reports",
                    MAX_REPORTS);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      SmForeignReport report;
      const char *refused = !JSON_NODE_HOLDS_OBJECT (node)
                                ? "unreadable"
                                : read_report (batch, json_node_get_object (node), &report);
      SmReportRejection rejection = { i, refused };

      if (refused != NULL)
        {
          g_array_append_val (batch->rejected, rejection);
          continue;
        }
      g_array_append_val (batch->reports, report);
      g_array_append_val (batch->indices, i);
    }
  return g_steal_pointer (&batch);
}
