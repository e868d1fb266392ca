"""English headings."""

from retention.ingest.words.languages.language import Language

ENGLISH = Language(
    headings={
        "customer": (
            """
                customer unique id, customer id, client id, user id, buyer id, customer key,
                id customer, client key
            """,
            """
                customer email, customer e mail, billing email, buyer email, contact email,
                email address, email, e mail, mail
            """,
            """
                customer number, customer code, customer no, customer nr, account id, account number,
                member id, membership number, card number, loyalty card, household key
            """,
            "vat number, vat id, vat no, tax id, tax code, tax number",
            "customer, client, buyer, user, shopper, purchaser, sold to, bill to",
            """
                customer name, client name, billing name, buyer name, contact name, contact, company,
                buyer username, company name, full name, account name
            """,
        ),
        "order": (
            """
                order id, order number, order no, order nr, order ref, order, order key, id order,
                order code, order reference, sales order id, sales order number, purchase order number
            """,
            """
                invoice no, invoice number, invoice id, invoice, invoice nr, bill number, bill no
            """,
            """
                document number, reference, receipt id, receipt, receipt number, receipt no, sale id,
                ticket number, basket id
            """,
            "transaction id, transaction number, payment id",
        ),
        "date": (
            """
                order date, purchase date, ordered at, placed at, order created at, date ordered,
                order placed at, purchased at, date purchased, order purchase timestamp,
                order timestamp, purchase timestamp, order time, ordered on, order datetime,
                purchase time, order date time
            """,
            """
                transaction date, sale date, sales date, date sale, transaction time,
                transaction timestamp, checkout date, sold at, date sold, event time
            """,
            """
                created at, created date, date created, created, created on, creation date, date add,
                create time
            """,
            """
                invoice date, invoiced at, receipt date, document date, issue date, date issued
            """,
            "date time, datetime, timestamp, date, day, time",
            "paid at, payment date, date paid, paid date, paid on",
            "month, year month, period",
        ),
        "amount": (
            """
                order total, order value, order amount, grand total, total paid, total due,
                invoice total, order total amount, amount paid, total order value, total charged,
                total collected, paid amount, total payment, total order amount, transaction total,
                net total incl tax, invoice amount, total amount paid, order grand total,
                payment value
            """,
            """
                total amount, total price, line total, total sales,
                total, total value, total revenue, total spent, item total, extended price, line amount,
                gross, gross amount, gross total
            """,
            """
                amount, value, revenue, sales, spend, sales amount, sale amount, payment amount,
                purchase amount, transaction amount, order amt, sales amt, amt, turnover, price paid,
                amount charged
            """,
            """
                net sales, net amount, net total, net revenue, subtotal, sub total, net, total net,
                net value, order subtotal, taxable amount
            """,
            "gross sales, gross revenue, list total",
        ),
        "quantity": (
            """
                quantity, qty, units, quantity purchased, lineitem quantity, items sold, order qty,
                order quantity, quantity ordered, qty ordered, units sold, item quantity, no units,
                pieces, pcs
            """,
        ),
        "price": (
            """
                net price, net unit price, unit net price, discounted price, discounted unit price,
                final price, unit price net
            """,
            """
                unit price, unit amount, price each, item price, lineitem price, price per unit,
                unit cost price, sale price, selling price, price unit
            """,
            "price",
            """
                list price, listprice, msrp, rrp, retail price, regular price, original price, full price,
                catalogue price
            """,
        ),
        "discount": (
            """
                discount, discount percent, discount rate, discount percentage, discount pct,
                unit price discount, line discount, discount amount, item discount, lineitem discount,
                disc, discount applied
            """,
        ),
        "segment": (
            """
                segment, channel, sales channel, source, store, region, country, category, campaign,
                shop, market
            """,
        ),
        "currency": (
            """
                currency, currency code, order currency, presentment currency, transaction currency, ccy
            """,
        ),
        "status": (
            """
                order status, payment status, financial status, status, event type, order state,
                invoice status, fulfillment status, fulfilment status
            """,
        ),
        "refund": (
            """
                refund, is refund, return, document type, doc type, transaction type, type, is return
            """,
        ),
        "refunded": (
            """
                refunded amount, amount refunded, refund amount, total refunded, refunded,
                order refund amount, refund total, returned amount
            """,
            "refund, refunds",
        ),
        "product": (
            """
                product name, lineitem name, item name, product title, product, item, description,
                product description, item description, article, title
            """,
            """
                sku, lineitem sku, product id, product code, stock code, item code, item id,
                product key, product sku, item number, asin, product no, article number
            """,
        ),
    },
    holding={
        "customer": "customer client buyer shopper user",
        "date": "date timestamp datetime",
        "amount": "total amount amt revenue sales value paid",
        "quantity": "quantity qty",
        "price": "price",
        "discount": "discount",
        "segment": "channel country category campaign region store source",
        "currency": "currency",
        "status": "status",
        "refunded": "refunded",
        "product": "product item sku",
    },
    otherwise={
        "customer": """
            group type since notes city phone country service opt marketing accepts first last segment
            note new age gender address zip postal state street class rating value language lifetime
            count tags
        """,
        "order": """
            date total status type amount note item line detail time timestamp count quantity qty value
            sum customer currency discount
        """,
        "date": """
            birth due delivery ship shipped shipping modified updated update registration signup last
            cancelled refunded fulfilled payment delivered approved expiry expiration estimated limit
            end return returned expected required dispatch dispatched birthday dob first type shipment
            arrival upd
        """,
        "amount": """
            discount discounts shipping fee fees cost costs refunded refund refunds quantity qty items
            points balance tip tips rate number count unit weight orders freight commission profit
            margin status date type currency channel person rep representative territory name email code
            id returned return returns postage delivery handling voucher coupon credit duty outstanding
            customers products flag method days list gift share percent pct rating score
        """,
        "quantity": "returned refunded stock available",
        "price": "total list cost currency compare original old",
        "discount": "code name type id title reason",
        "segment": "id code key",
        "currency": "rate name",
        "status": "date time id",
        "refunded": "date at status quantity reason id items qty",
        "product": """
            price quantity qty count number total category amount value discount cost tax weight type
            line subtotal status date group class variant size color family
        """,
    },
    email="email mail",
    numbers="n nr num no number id code ref key",
    tax_codes="vat",
    names="name username",
    persons="name person individual",
    parts_of_names="first last surname firstname lastname forename given family",
    documents="order invoice receipt transaction",
    lines="line item product",
    totals="total due paid charged collected grand",
    nets="sub subtotal net excl excluded excluding ex before without",
    tax="vat tax taxes gst",
    with_or_without_tax="""
        incl included including inc excl excluded excluding ex without gross net inclusive after before
    """,
    sales="""
        order ordered purchase purchased sale sold placed checkout transaction created
    """,
    percent="percent pct percentage rate perc",
    cents="cent cents penny pence minor",
)
