/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SM_TARIFF_SHARP,
  SM_TARIFF_PEAK,
  SM_TARIFF_FLAT,
  SM_TARIFF_VALLEY,
  SM_TARIFF_N_KINDS
} SmTariffKind;

/* Prices are whole numbers of 1/10,000 of the currency's minor unit for a kWh. */
#define SM_TARIFF_PRICE_UNIT 10000
#define SM_TARIFF_MAX_PERIODS 48
#define SM_TARIFF_DAY_MINUTES 1440

/** SmTariffPeriod: a part of every day, in minutes from midnight on the local clock. */
typedef struct
{
  guint16 from; /* 0 to 1439 */
  guint16 to;   /* above @from, up to 1440 */
  guint8 kind;  /* SmTariffKind */
  gint64 energy_price;
  gint64 service_price;
} SmTariffPeriod;

/** SmTariff: the 24 hours, without gap or overlap, by rising time. */
typedef struct
{
  guint n_periods;
  SmTariffPeriod periods[SM_TARIFF_MAX_PERIODS];
} SmTariff;

/** SmTariffPrice: what an order costs, in the currency's minor unit. */
typedef struct
{
  gint64 energy_minor;
  gint64 service_minor;
  gint64 amount_minor;              /* the sum of the two */
  gint64 energy_wh[SM_TARIFF_N_KINDS]; /* what it was priced as */
} SmTariffPrice;

gboolean    sm_tariff_parse     (const char      *text,
                                 SmTariff        *out_tariff,
                                 GError         **error);
char       *sm_tariff_to_text   (const SmTariff  *self);
const char *sm_tariff_kind_name (SmTariffKind     kind);
gboolean    sm_tariff_price     (const SmTariff  *self,
                                 GTimeZone       *zone,
                                 gint64           started_at,
                                 gint64           ended_at,
                                 gint64           energy_wh,
                                 SmTariffPrice   *out_price);

G_END_DECLS
