def overview(orders):
    return {order.id: orders.customer(order.customer_id).name for order in orders.latest()}
