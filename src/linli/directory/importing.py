"""Writes a directory that was read elsewhere, as often as one likes: rows are found again by (source, source_id)."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from linli.areas.actions.steps import check_parent, continued, hold_tree
from linli.areas.models import Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.directory.events import DirectoryImported
from linli.directory.hsds.records import Directory
from linli.directory.indexing import index_stations
from linli.directory.models import OpeningRule, Organisation, Phone, Service, ServiceAtStation, Station
from linli.kit.pinyin import sort_key
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record
from linli.ledger.models import Event
