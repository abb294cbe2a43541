/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-service-private.h"

static void
add_text (SmJsonWriter *writer,
          const char   *name,
          const char   *value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, value);
}

static void
add_bool (SmJsonWriter *writer,
          const char   *name,
          gboolean      value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_bool (writer, value);
}

/* What anyone may know before signing in. */
static void
get_api (SmExchange *exchange)
{
  SmRules *rules = sm_exchange_get_rules (exchange);
  SmJsonWriter *writer = sm_json_writer_new ();
  gboolean simulated = sm_rules_get_simulated (rules);

  sm_json_writer_begin_object (writer);
  add_text (writer, "product", "stationmaster-service");
  add_text (writer, "version", SM_VERSION);
  sm_json_writer_name (writer, "api");
  sm_json_writer_begin_array (writer);
  sm_json_writer_text (writer, "v1");
  sm_json_writer_end_array (writer);
  add_text (writer, "epoch", sm_rules_get_epoch (rules));
  add_text (writer, "network", sm_rules_get_network_name (rules));
  add_text (writer, "time_zone", sm_rules_get_time_zone (rules));
  add_bool (writer, "simulated", simulated);
  if (sm_rules_get_drill (rules) != NULL)
    add_text (writer, "drill", sm_rules_get_drill (rules));
  add_bool (writer, "demo_sign_in", simulated && sm_exchange_is_local (exchange));
  sm_json_writer_end_object (writer);
  sm_exchange_answer (exchange, sm_answer_new_json (200, writer));
}

/* Returns: (transfer full) (nullable): the contract as it was when it was first asked for; many who
 * are slow to read it share it. */
static GBytes *
load_contract (void)
{
  static const char *const places[] = { SM_DATA_DIR, SM_SOURCE_DATA_DIR };
  static GMutex mutex;
  static GBytes *contract;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  for (guint i = 0; i < G_N_ELEMENTS (places) && contract == NULL; i++)
    {
      g_autofree char *path = g_build_filename (places[i], "openapi.json", NULL);
      char *text;
      gsize length;

      if (g_file_get_contents (path, &text, &length, NULL))
        contract = g_bytes_new_take (text, length);
    }
  return contract != NULL ? g_bytes_ref (contract) : NULL;
}

static gpointer
read_contract (SmReader      *reader,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GBytes) contract = load_contract ();

  if (contract != NULL)
    return sm_answer_new (200, g_steal_pointer (&contract), SM_CONTENT_TYPE_JSON);
  sm_set_error (error, SM_ERROR_NOT_FOUND, "contract-missing",
                "openapi.json is not where it was installed");
  return NULL;
}

static void
get_contract (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_contract, NULL, NULL);
}

const SmRoute sm_api_routes[] = {
  { "GET", SM_PATH_API, NULL, SM_ROUTE_PUBLIC, get_api },
  { "GET", SM_PATH_OPENAPI, NULL, SM_ROUTE_PUBLIC, get_contract },
  { NULL },
};
