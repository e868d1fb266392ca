"""Portuguese headings."""

from retention.ingest.words.languages.language import Language

PORTUGUESE = Language(
    headings={
        "customer": (
            "id cliente, identificador cliente",
            """
                email cliente, e mail cliente, endereco email, endereco e mail, correio eletronico,
                e mail comprador, email comprador
            """,
            """
                numero cliente, n cliente, codigo cliente, cod cliente, numero cartao
            """,
            "cpf, cnpj, cpf cnpj, nif, contribuinte, cnpj cpf",
            "cliente, comprador, usuario, utilizador, consumidor",
            "nome cliente, nome comprador, razao social, empresa, nome completo",
        ),
        "order": (
            """
                numero pedido, n pedido, no pedido, id pedido, pedido, codigo pedido, numero encomenda,
                encomenda, n encomenda, id encomenda, id compra
            """,
            """
                numero fatura, n fatura, fatura, nota fiscal, numero nota fiscal, n nota fiscal, nf,
                numero nf, numero nota
            """,
            """
                numero documento, referencia, recibo, numero recibo, cupom fiscal, talao, cupom
            """,
            "id transacao, numero transacao, codigo transacao",
        ),
        "date": (
            "data pedido, data compra, data encomenda, data hora pedido",
            "data transacao, data venda",
            "data criacao, criado em",
            """
                data fatura, data emissao, data documento, data faturamento, data nota
            """,
            "data, dia, data hora, data e hora",
            "data pagamento, pago em",
            "mes",
        ),
        "amount": (
            """
                total pedido, valor pedido, valor total pedido, total encomenda, total fatura,
                valor pago, total pago, total pagar, valor nota, valor total nota, valor encomenda,
                valor fatura, total com iva, total geral, valor compra
            """,
            """
                valor total, total, preco total, montante total, total linha, bruto, valor bruto,
                total item
            """,
            """
                valor, montante, faturamento, vendas, receita, faturacao, valor venda, importancia
            """,
            """
                subtotal, liquido, valor liquido, total liquido, total sem iva, vendas liquidas
            """,
            "vendas brutas",
        ),
        "quantity": ("quantidade, qtd, qtde, unidades, pecas, quant",),
        "price": (
            "preco liquido, preco com desconto, preco final",
            """
                preco unitario, valor unitario, preco venda, preco unidade, vl unitario
            """,
            "preco",
            "preco tabela, preco lista, preco catalogo, pvp, preco original",
        ),
        "discount": (
            """
                desconto, percentual desconto, desconto percentual, valor desconto, percentagem desconto
            """,
        ),
        "segment": (
            """
                segmento, canal, canal venda, origem, fonte, loja, regiao, pais, categoria, campanha,
                uf, filial
            """,
        ),
        "currency": ("moeda, divisa, codigo moeda",),
        "status": (
            """
                status pedido, estado pedido, status pagamento, situacao, situacao pedido,
                estado encomenda, estado pagamento, status, estado
            """,
        ),
        "refund": (
            """
                reembolso, devolucao, estorno, tipo documento, tipo transacao, tipo, tipo movimento,
                natureza
            """,
        ),
        "refunded": (
            """
                valor reembolsado, total reembolsado, reembolsado, valor estornado, valor devolvido,
                montante reembolsado
            """,
            "reembolso, estorno",
        ),
        "product": (
            """
                nome produto, produto, artigo, descricao, descricao produto, item, nome item
            """,
            """
                codigo produto, id produto, referencia produto, cod produto, codigo artigo
            """,
        ),
    },
    holding={
        "customer": "cliente comprador",
        "date": "data",
        "amount": "valor montante total vendas faturamento pago receita",
        "quantity": "quantidade qtd qtde",
        "price": "preco",
        "discount": "desconto",
        "segment": "canal pais categoria campanha regiao loja fonte filial",
        "currency": "moeda",
        "status": "status situacao estado",
        "refunded": "reembolsado estornado",
        "product": "produto artigo",
    },
    otherwise={
        "customer": """
            grupo tipo desde nota cidade telefone pais novo primeira ultimo endereco idade sexo estado
            uf morada
        """,
        "order": "data total status estado situacao tipo valor linha item hora",
        "date": """
            nascimento vencimento entrega envio modificacao atualizacao cadastro registo registro ultima
            ultimo cancelamento reembolso devolucao pagamento fim prevista
        """,
        "amount": """
            desconto descontos frete envio portes taxa taxas comissao custo custos reembolsado reembolso
            quantidade itens artigos produtos pontos saldo cambio numero unitario peso pedidos gorjeta
            margem status data tipo moeda cliente clientes estornado devolvido entrega cupom imposto
        """,
        "quantity": "devolvida estoque",
        "price": "total tabela custo",
        "discount": "codigo tipo motivo",
        "segment": "codigo",
        "currency": "cambio",
        "status": "data civil entrega",
        "refunded": "data status quantidade",
        "product": "preco quantidade categoria total tipo familia peso numero",
    },
    own="""
        pedido encomenda fatura valor quantidade preco moeda venda compra desconto cliente data produto
        codigo numero comprador faturamento
    """,
    email="email mail correio",
    numbers="n no num numero id cod codigo ref referencia",
    tax_codes="cpf cnpj nif",
    names="nome empresa razao",
    persons="nome particular pessoa",
    parts_of_names="sobrenome apelido",
    documents="pedido encomenda fatura nota recibo documento",
    lines="linha item artigo produto",
    totals="total pago pagar",
    nets="liquido subtotal sem antes",
    tax="iva imposto impostos icms",
    with_or_without_tax="incluido com sem excluido liquido bruto",
    sales="pedido compra venda encomenda",
    percent="percentual percentagem porcentagem",
    currencies="EUR BRL",
    cents="centavo centavos",
)
