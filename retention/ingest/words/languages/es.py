"""Spanish headings."""

from retention.ingest.words.languages.language import Language

SPANISH = Language(
    headings={
        "customer": (
            "id cliente, identificador cliente, cliente id",
            """
                email cliente, correo electronico, correo, correo cliente, e mail cliente,
                direccion correo, correo electronico cliente, direccion correo electronico,
                email comprador
            """,
            """
                numero cliente, n cliente, no cliente, codigo cliente, cod cliente, num cliente,
                numero tarjeta, numero socio
            """,
            "nif, cif, nif cif, dni, rfc, rut, nit, cuit, numero iva",
            "cliente, comprador, usuario",
            """
                nombre cliente, nombre comprador, razon social, empresa, nombre completo, nombre,
                nombre fiscal
            """,
        ),
        "order": (
            """
                numero pedido, n pedido, no pedido, id pedido, pedido, ref pedido, referencia pedido,
                num pedido, codigo pedido, orden, numero orden, id orden, orden compra
            """,
            """
                numero factura, n factura, no factura, factura, num factura, id factura
            """,
            """
                numero documento, referencia, numero ticket, numero recibo, recibo, comprobante, folio
            """,
            "id transaccion, numero transaccion, codigo transaccion",
        ),
        "date": (
            "fecha pedido, fecha compra, fecha orden, fecha hora pedido",
            "fecha transaccion, fecha venta, fecha operacion",
            "fecha creacion, creado",
            "fecha factura, fecha emision, fecha documento, fecha facturacion",
            "fecha, dia, fecha hora, fecha y hora",
            "fecha pago, pagado, fecha cobro",
            "mes",
        ),
        "amount": (
            """
                total pedido, importe pedido, valor pedido, total factura, importe factura,
                total pagado, importe pagado, total pagar, monto pagado, total orden,
                importe total pedido, total general, total iva incluido, total con iva, monto orden
            """,
            """
                importe total, total, precio total, monto total, total linea, importe linea, bruto,
                importe bruto, valor total
            """,
            """
                importe, monto, valor, ventas, facturacion, ingresos, cantidad pagada, importe venta
            """,
            """
                base imponible, neto, subtotal, importe neto, total neto, ventas netas, total sin iva,
                monto neto
            """,
            "ventas brutas",
        ),
        "quantity": (
            """
                cantidad, cant, unidades, uds, piezas, cantidad pedida, numero unidades
            """,
        ),
        "price": (
            "precio neto, precio unitario neto, precio descuento, precio final",
            "precio unitario, precio venta, precio unidad, p unitario",
            "precio",
            "pvp, precio lista, precio tarifa, precio catalogo, precio original, tarifa",
        ),
        "discount": (
            """
                descuento, dto, porcentaje descuento, descuento porcentaje, importe descuento
            """,
        ),
        "segment": (
            """
                segmento, canal, canal venta, origen, fuente, tienda, region, pais, categoria, campana,
                sucursal
            """,
        ),
        "currency": ("moneda, divisa, codigo moneda",),
        "status": (
            """
                estado pedido, estado pago, estado, estado factura, estatus, estado orden, situacion
            """,
        ),
        "refund": (
            """
                reembolso, devolucion, abono, tipo documento, tipo transaccion, tipo, tipo movimiento,
                tipo operacion
            """,
        ),
        "refunded": (
            """
                importe reembolsado, total reembolsado, reembolsado, monto reembolsado,
                importe reembolso, importe devuelto
            """,
            "reembolso, reembolsos",
        ),
        "product": (
            """
                nombre producto, producto, articulo, descripcion, descripcion producto, nombre articulo
            """,
            """
                codigo producto, codigo articulo, referencia producto, id producto, cod producto,
                cod articulo
            """,
        ),
    },
    holding={
        "customer": "cliente comprador",
        "date": "fecha",
        "amount": "importe monto total valor ventas pagado facturacion",
        "quantity": "cantidad unidades",
        "price": "precio",
        "discount": "descuento dto",
        "segment": "canal pais categoria campana region tienda sucursal fuente",
        "currency": "moneda divisa",
        "status": "estado estatus",
        "refunded": "reembolsado",
        "product": "producto articulo",
    },
    otherwise={
        "customer": """
            grupo tipo desde nota notas ciudad telefono pais nuevo primera ultimo direccion edad sexo
            provincia idioma estado categoria
        """,
        "order": "fecha total estado tipo importe monto linea articulo hora",
        "date": """
            nacimiento vencimiento entrega envio modificacion actualizacion registro alta ultima ultimo
            cancelacion reembolso devolucion pago cobro fin prevista primera
        """,
        "amount": """
            descuento descuentos envio gastos comision comisiones coste costo costes reembolsado
            reembolso cantidad articulos productos puntos saldo cambio numero unitario peso pedidos
            propina margen estado fecha tipo moneda cliente clientes devuelto devolucion devoluciones
            portes cupon
        """,
        "quantity": "devuelta stock",
        "price": "total tarifa coste costo",
        "discount": "codigo tipo motivo",
        "segment": "codigo",
        "currency": "cambio",
        "status": "fecha civil envio",
        "refunded": "fecha estado cantidad",
        "product": "precio cantidad categoria total tipo familia peso numero",
    },
    own="""
        fecha pedido importe monto cantidad precio factura moneda correo producto cliente descuento pais
        codigo numero comprador
    """,
    email="email mail correo",
    numbers="n no num numero id cod codigo ref referencia",
    tax_codes="nif cif dni",
    names="nombre empresa razon",
    persons="nombre particular persona",
    parts_of_names="apellido apellidos pila",
    documents="pedido factura recibo ticket comprobante orden",
    lines="linea articulo producto",
    totals="total pagado pagar",
    nets="neto subtotal base imponible sin antes",
    tax="iva impuesto impuestos",
    with_or_without_tax="incluido incl con sin excluido neto bruto",
    sales="pedido compra venta orden",
    percent="porcentaje porciento",
    currencies="EUR MXN",
    cents="centimo centimos",
)
