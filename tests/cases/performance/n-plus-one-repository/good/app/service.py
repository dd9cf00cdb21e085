def overview(orders):
    latest = orders.latest()
    customers = orders.customers({order.customer_id for order in latest})
    return {order.id: customers[order.customer_id].name for order in latest}
