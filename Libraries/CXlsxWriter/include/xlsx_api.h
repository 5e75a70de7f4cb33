// Workbooks of spreadsheets through libxlsxwriter: what tables need of it, in plain types. Opened at run time: only one
// format of an export asks for it.
#pragma once
#include <stdint.h>

typedef struct essor_xlsx_book essor_xlsx_book;
typedef struct essor_xlsx_sheet essor_xlsx_sheet;
typedef struct essor_xlsx_format essor_xlsx_format;

enum {
  ESSOR_XLSX_BOLD = 1,
  ESSOR_XLSX_ITALIC = 2,
  ESSOR_XLSX_WRAP = 4,
  ESSOR_XLSX_RIGHT = 8,
  ESSOR_XLSX_LINE_ABOVE = 16,
  ESSOR_XLSX_LINE_BELOW = 32,
};

// Opens the library and finds its functions; NULL, or what the system says.
const char *essor_xlsx_load(const char *library);

// A workbook that will be written to a file; what does not fit in memory goes to the folder. NULL where there is no room.
// One that is long keeps one row of each sheet in memory: rows are written in their order.
essor_xlsx_book *essor_xlsx_book_new(const char *file, const char *folder, int32_t is_long);
// Writes the file and frees the workbook, whatever happens; 0, or the number of an error.
int essor_xlsx_close(essor_xlsx_book *book);
// What the library says of an error.
const char *essor_xlsx_error(int number);
// `created` in seconds since 1970.
int essor_xlsx_properties(essor_xlsx_book *book, const char *title, const char *subject, const char *author,
                          const char *comments, int64_t created);

essor_xlsx_sheet *essor_xlsx_sheet_new(essor_xlsx_book *book, const char *name);
// An empty number format is the usual one; a size of 0 too. Colours are 0xRRGGBB, negative: none.
essor_xlsx_format *essor_xlsx_format_new(essor_xlsx_book *book, const char *number_format, double size, int32_t color,
                                         int32_t fill, int32_t indent, int32_t flags);

int essor_xlsx_number(essor_xlsx_sheet *sheet, int32_t row, int32_t column, double value, essor_xlsx_format *format);
int essor_xlsx_text(essor_xlsx_sheet *sheet, int32_t row, int32_t column, const char *text, essor_xlsx_format *format);
// A text over several columns of a row.
int essor_xlsx_wide_text(essor_xlsx_sheet *sheet, int32_t row, int32_t first, int32_t last, const char *text,
                         essor_xlsx_format *format);
int essor_xlsx_width(essor_xlsx_sheet *sheet, int32_t column, double characters);
int essor_xlsx_height(essor_xlsx_sheet *sheet, int32_t row, double points);
// What stays in sight: the rows above and the columns before.
void essor_xlsx_freeze(essor_xlsx_sheet *sheet, int32_t row, int32_t column);
// A4, landscape, as wide as the page; the footer in the codes of spreadsheets.
int essor_xlsx_print(essor_xlsx_sheet *sheet, const char *footer);
// On each page.
int essor_xlsx_repeat_rows(essor_xlsx_sheet *sheet, int32_t first, int32_t last);
