"""The pillar `performance`: code that is fine with ten rows and collapses at volume. One module a check."""

from .blocking_call import BlockingCall
from .duplicate_query import DuplicateQuery
from .missing_index import MissingIndex
from .n_plus_one_query import NPlusOneQuery
from .overfetched_columns import OverfetchedColumns
from .sequential_requests import SequentialRequests
from .superlinear_growth import SuperlinearGrowth
from .unbounded_query import UnboundedQuery
from .unpooled_connection import UnpooledConnection
from .write_in_loop import WriteInLoop

CHECKS = [
    NPlusOneQuery(), WriteInLoop(), DuplicateQuery(), SequentialRequests(), UnpooledConnection(), UnboundedQuery(),
    OverfetchedColumns(), MissingIndex(), SuperlinearGrowth(), BlockingCall(),
]  # fmt: skip
