/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-exchange.h"
#include "sm-fault-code.h"
#include "sm-json-writer.h"
#include "sm-mine.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-translation.h"

/* What an engineer's phone asks for, all of it at once: it may be the last answer
 * for hours. */

static void
write_rows (SmJsonWriter *writer,
            const char   *name,
            GPtrArray    *rows)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    sm_row_write (writer, rows->pdata[i], SM_ROW_RECORD);
  sm_json_writer_end_array (writer);
}

/* For ever in the program: a page in the browser has no words of ours for codes. */
static const SmTranslation *
get_chinese (void)
{
  static gsize chinese;

  if (g_once_init_enter (&chinese))
    g_once_init_leave (&chinese, (gsize) sm_translation_new ("zh-CN"));
  return (const SmTranslation *) chinese;
}

/* What the codes of the orders mean, in both languages; what is no code of ours has no words. */
static void
write_words (SmJsonWriter *writer,
             GPtrArray    *orders,
             GHashTable   *said)
{
  for (guint i = 0; i < orders->len; i++)
    {
      const char *code = sm_row_get_text (orders->pdata[i], SM_WORK_ORDER_CODE);
      const SmFaultCode *known = code != NULL ? sm_fault_code_find (code) : NULL;

      if (known == NULL || !g_hash_table_add (said, (gpointer) code))
        continue;
      sm_json_writer_name (writer, code);
      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "en");
      sm_json_writer_text (writer, known->word);
      sm_json_writer_name (writer, "zh-CN");
      sm_json_writer_text (writer, sm_translation_get (get_chinese (), "alarm", known->word));
      sm_json_writer_end_object (writer);
    }
}

static gpointer
read_mine (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SmMine) mine = sm_mine_read (reader, data, error);
  SmJsonWriter *writer;

  if (mine == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "engineer_id");
  if (mine->engineer != NULL)
    sm_json_writer_int (writer, sm_row_get_id (mine->engineer));
  else
    sm_json_writer_null (writer);
  write_rows (writer, "orders", mine->orders);
  write_rows (writer, "offers", mine->offers);
  write_rows (writer, "stations", mine->stations);
  write_rows (writer, "parts", mine->parts);
  sm_json_writer_name (writer, "words");
  sm_json_writer_begin_object (writer);
  write_words (writer, mine->orders, said);
  write_words (writer, mine->offers, said);
  sm_json_writer_end_object (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_mine (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_mine, sm_actor_ref (sm_exchange_get_actor (exchange)),
                    (GDestroyNotify) sm_actor_unref);
}

const SmRoute sm_mine_routes[] = {
  { "GET", SM_PATH_ME "/work_orders", "work_order.read", 0, get_mine },
  { NULL },
};
