"""Five ways people hand over the same sales: 40 customers won in January, 10 of whom buy in February."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl

CUSTOMERS = 40
MONTHS = ("gennaio", "febbraio", "marzo")


def sales(days, last):
    """Rows of order, day, customer, cents; the last one completes February."""
    firsts = [(date(2024, 1, c % days + 1), c) for c in range(1, CUSTOMERS + 1)]
    again = [(date(2024, 2, c % days + 1), c) for c in range(1, CUSTOMERS // 4 + 1)]
    rows = sorted([*firsts, *again, (last, 1)])
    return [(f"V{n:03}", day, f"{c:05}", 120_000 + 37 * n) for n, (day, c) in enumerate(rows)]


SALES = sales(28, date(2024, 3, 31))
EARLY = sales(12, date(2024, 3, 12))  # no day says whether it is one or a month


def euros(cents):
    return f"€ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"


def accountant():
    """A title, a stamp, a total and a footnote around semicolons and decimal commas in Windows-1252."""
    lines = ["Elenco ordini – Società Perché S.r.l.", "Stampato il 31/03/2024", ""]
    lines.append("N. ordine;Data ordine;Cliente;Città;Importo (€)")
    lines += [f"{order};{day:%d/%m/%Y};{who};Forlì;{euros(cents)}" for order, day, who, cents in SALES]
    lines += [f";;;Totale;{euros(sum(row[3] for row in SALES))}", "* importi IVA inclusa"]
    return "elenco.csv", "\r\n".join(lines).encode("cp1252")


def workbook():
    """Three sheets, the sales on the second: headings over two merged lines, a subtotal for every month."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Compilare il foglio Vendite"])
    sheet = book.create_sheet("Vendite")
    sheet.append([None, "Vendite 2024"])
    sheet.append([])
    sheet.append([None, "Ordine", None, "Cliente", "Totale"])
    sheet.append([None, "numero", "data", "codice", "ordine"])
    sheet.merge_cells("B3:C3")
    for month in (1, 2, 3):
        rows = [row for row in SALES if row[1].month == month]
        for order, day, who, cents in rows:
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a spreadsheet's
            sheet.append([None, order, moment, who, cents / 100])
        sheet.append([None, f"Totale mese {month}", None, None, sum(row[3] for row in rows) / 100])
    book.create_sheet("Riepilogo").append(["clienti", CUSTOMERS])
    book.save(content)
    return "vendite.xlsx", content.getvalue()


def open_dates():
    """Every day at most 12: nobody can tell the day from the month."""
    text = io.StringIO()
    rows = [(order, f"{day:%d/%m/%Y}", who, f"{cents / 100:.2f}") for order, day, who, cents in EARLY]
    csv.writer(text).writerows([("Order", "Date", "Customer", "Total"), *rows])
    return "export.csv", text.getvalue().encode()


def unicode_text():
    """What Excel calls Unicode text: UTF-16 and tabs; the months in words, customers by name."""
    lines = ["Ragione sociale\tData fattura\tN. fattura\tImponibile"]
    for order, day, who, cents in SALES:
        when = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        lines.append(f"Bottega {who}\t{when}\t{order}\t{cents // 100},{cents % 100:02}")
    return "fatture.txt", "\n".join(lines).encode("utf-16")


def monthly_files():
    """A zip of monthly exports, each beginning with the last orders of the month before, and a manual."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for month in (1, 2, 3):
            before = [row for row in SALES if row[1].month == month - 1][-3:]
            rows = before + [row for row in SALES if row[1].month == month]
            lines = ["order_id,date,customer_email,total,currency"]
            lines += [f"{o},{d.isoformat()},{c}@example.com,{v / 100},EUR" for o, d, c, v in rows]
            archive.writestr(f"2024-{month:02}.csv", "\n".join(lines))
        archive.writestr("manuale.pdf", b"%PDF-1.7")
    return "mesi.zip", content.getvalue()


DECIDED = (accountant, workbook, unicode_text, monthly_files)
