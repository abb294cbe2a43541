/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-currency.h"

#include <string.h>

/* Those of ISO 4217 that have not two digits behind the point. */
static const struct
{
  char code[4];
  int digits;
} exponents[] = {
  { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 }, { "GNF", 0 }, { "IQD", 3 },
  { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 }, { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 },
  { "OMR", 3 }, { "PYG", 0 }, { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYI", 0 }, { "UYW", 4 },
  { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XOF", 0 }, { "XPF", 0 },
};

/**
 * sm_currency_digits:
 * @code: (nullable): of ISO 4217, as "CNY"
 *
 * Returns: how many digits the minor unit has; 2 for currencies that are not known
 */
int
sm_currency_digits (const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (exponents); i++)
    if (strcmp (exponents[i].code, code) == 0)
      return exponents[i].digits;
  return 2;
}

/** sm_currency_amount: Returns: what so many minor units are in the currency's own */
double
sm_currency_amount (gint64      minor,
                    const char *code)
{
  double amount = (double) minor;

  for (int i = sm_currency_digits (code); i > 0; i--)
    amount /= 10;
  return amount;
}
