"""Pipelines of diffusers: what each takes of a shot, loaded, planned and run."""

from previz.generate.pipelines.caps import CAPS as CAPS
from previz.generate.pipelines.caps import Caps as Caps
from previz.generate.pipelines.caps import Recipe as Recipe
from previz.generate.pipelines.files import weights_hash as weights_hash
from previz.generate.pipelines.generator import ClipGenerator as ClipGenerator
from previz.generate.pipelines.generator import Part as Part
from previz.generate.pipelines.generator import Pipeline as Pipeline
from previz.generate.pipelines.generator import StillGenerator as StillGenerator
from previz.generate.pipelines.generator import as_made as as_made
from previz.generate.pipelines.generator import as_shown as as_shown
from previz.generate.pipelines.loading import Loaded as Loaded
from previz.generate.pipelines.loading import Lora as Lora
from previz.generate.pipelines.loading import load as load
from previz.generate.pipelines.memory import OutOfMemoryError as OutOfMemoryError
from previz.generate.pipelines.placement import DType as DType
from previz.generate.pipelines.placement import Offload as Offload
from previz.generate.pipelines.plan import Plan as Plan
from previz.generate.pipelines.plan import make_plan as make_plan
from previz.generate.pipelines.running import (
    GenerationStoppedError as GenerationStoppedError,
)
