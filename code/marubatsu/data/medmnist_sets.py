"""The MedMNIST sets: what is in each, how its file is known, and who allows its use.

Names, classes, numbers of images, checksums and licences are those that the makers give in `medmnist/info.py` of their
package medmnist 3.0.2.
"""

from dataclasses import dataclass

PAPER = "Yang et al. 2023, doi:10.1038/s41597-022-01721-8"
SOURCE = "https://doi.org/10.5281/zenodo.10519652"
ADDRESS = "https://zenodo.org/records/10519652/files/{name}.npz?download=1"

_ORGANS: tuple[str, ...] = ("bladder", "femur-left", "femur-right", "heart", "kidney-left", "kidney-right", "liver")
_ORGANS += ("lung-left", "lung-right", "pancreas", "spleen")
_LITS = "CT scans of the Liver Tumor Segmentation Benchmark (LiTS)"
_CT = "Cut from the middle of each organ, in an abdominal window: grey values, not HU. Divided by scan: 115 to train, "
_CT += "16 to validate, 70 to test."


@dataclass(frozen=True)
class Record:
    """What is known about one set without its file."""

    name: str
    """The word by which it is called; its file is name.npz."""
    title: str
    """What is to be seen."""
    made_from: str
    """Where the makers took the images from."""
    channels: int
    """1 for grey values, 3 for red, green and blue."""
    counts: dict[str, int]
    """How many images are in the parts "train", "val" and "test"."""
    classes: tuple[str, ...]
    """What each class is called by the makers."""
    md5: str
    """Checksum of the file."""
    note: str
    """What a careful reader should know about it."""
    several: bool = False
    """Whether an image may have several of the classes, or none."""
    licence: str = "CC BY 4.0"

    @property
    def address(self) -> str:
        """Where the makers publish the file."""
        return ADDRESS.format(name=self.name)


def _parts(train: int, val: int, test: int) -> dict[str, int]:
    return {"train": train, "val": val, "test": test}


SETS = (
    Record(
        name="pathmnist",
        title="Tissue of colon cancer, stained with haematoxylin and eosin",
        made_from="NCT-CRC-HE-100K and CRC-VAL-HE-7K",
        channels=3,
        counts=_parts(89996, 10004, 7180),
        classes=(
            "adipose",
            "background",
            "debris",
            "lymphocytes",
            "mucus",
            "smooth muscle",
            "normal colon mucosa",
            "cancer-associated stroma",
            "colorectal adenocarcinoma epithelium",
        ),
        md5="a8b06965200029087d5bd730944a56c1",
        note="The test images come from another centre than those for training and validation.",
    ),
    Record(
        name="chestmnist",
        title="Chest films from the front",
        made_from="NIH-ChestXray14, 30,805 patients",
        channels=1,
        counts=_parts(78468, 11219, 22433),
        classes=(
            "atelectasis",
            "cardiomegaly",
            "effusion",
            "infiltration",
            "mass",
            "nodule",
            "pneumonia",
            "pneumothorax",
            "consolidation",
            "edema",
            "emphysema",
            "fibrosis",
            "pleural",
            "hernia",
        ),
        md5="02c8a6516a18b556561a56cbdd36c4a8",
        note="A program found the labels in the text of the reports. A film may have several of the 14, or none.",
        several=True,
    ),
    Record(
        name="dermamnist",
        title="Pigmented skin lesions through the dermatoscope",
        made_from="HAM10000",
        channels=3,
        counts=_parts(7007, 1003, 2005),
        classes=(
            "actinic keratoses and intraepithelial carcinoma",
            "basal cell carcinoma",
            "benign keratosis-like lesions",
            "dermatofibroma",
            "melanoma",
            "melanocytic nevi",
            "vascular lesions",
        ),
        md5="0744692d530f8e62ec473284d019b0c7",
        note="Not for commercial use. The same lesion may stand in training and in test (Abhishek et al. 2025, "
        "doi:10.1038/s41597-025-04382-5).",
        licence="CC BY-NC 4.0",
    ),
    Record(
        name="octmnist",
        title="Optical coherence tomography of the retina",
        made_from="109,309 images of an earlier study that the paper names",
        channels=1,
        counts=_parts(97477, 10832, 1000),
        classes=("choroidal neovascularization", "diabetic macular edema", "drusen", "normal"),
        md5="c68d92d5b585d8d81f7112f81e2d0842",
        note="One in ten of that study's training images is for validation here; its validation images are for test.",
    ),
    Record(
        name="pneumoniamnist",
        title="Chest films of children",
        made_from="5,856 images of an earlier study that the paper names",
        channels=1,
        counts=_parts(4708, 524, 624),
        classes=("normal", "pneumonia"),
        md5="28209eda62fecd6e6a2d98b1501bb15f",
        note="One in ten of that study's training images is for validation here; its validation images are for test.",
    ),
    Record(
        name="retinamnist",
        title="Fundus photographs graded for diabetic retinopathy",
        made_from="the DeepDRiD challenge",
        channels=3,
        counts=_parts(1080, 120, 400),
        classes=("0", "1", "2", "3", "4"),
        md5="bd4c0672f1bba3e3a89f0e4e876791e4",
        note="The classes are grades of severity and have an order.",
    ),
    Record(
        name="breastmnist",
        title="Ultrasound of the breast",
        made_from="780 images of an earlier study that the paper names",
        channels=1,
        counts=_parts(546, 78, 156),
        classes=("malignant", "normal, benign"),
        md5="750601b1f35ba3300ea97c75c52ff8f6",
        note="Label 0 is malignant and label 1 is not: the number is the other way round than in the clinic.",
    ),
    Record(
        name="bloodmnist",
        title="Single blood cells under the microscope",
        made_from="17,092 images of an earlier study that the paper names",
        channels=3,
        counts=_parts(11959, 1712, 3421),
        classes=(
            "basophil",
            "eosinophil",
            "erythroblast",
            "immature granulocytes(myelocytes, metamyelocytes and promyelocytes)",
            "lymphocyte",
            "monocyte",
            "neutrophil",
            "platelet",
        ),
        md5="7053d0359d879ad8a5505303e11de1dc",
        note="Normal cells of people without infection or disease of the blood.",
    ),
    Record(
        name="tissuemnist",
        title="Cells of the kidney cortex under the microscope",
        made_from="BBBC051 of the Broad Bioimage Benchmark Collection",
        channels=1,
        counts=_parts(165466, 23640, 47280),
        classes=(
            "Collecting Duct, Connecting Tubule",
            "Distal Convoluted Tubule",
            "Glomerular endothelial cells",
            "Interstitial endothelial cells",
            "Leukocytes",
            "Podocytes",
            "Proximal Tubule Segments",
            "Thick Ascending Limb",
        ),
        md5="ebe78ee8b05294063de985d821c1c34b",
        note="Many cells, but of three specimens only. Each image is the maximum of 7 slices.",
    ),
    Record(
        name="organamnist",
        title="Organs on axial CT",
        made_from=_LITS,
        channels=1,
        counts=_parts(34561, 6491, 17778),
        classes=_ORGANS,
        md5="68e3f8846a6bd62f0c9bf841c0d9eacc",
        note=_CT,
    ),
    Record(
        name="organcmnist",
        title="Organs on coronal CT",
        made_from=_LITS,
        channels=1,
        counts=_parts(12975, 2392, 8216),
        classes=_ORGANS,
        md5="b9ceb9546e10131b32923c5bbeaea2b1",
        note=_CT,
    ),
    Record(
        name="organsmnist",
        title="Organs on sagittal CT",
        made_from=_LITS,
        channels=1,
        counts=_parts(13932, 2452, 8827),
        classes=_ORGANS,
        md5="9ab87b696fb54e2a387ebe992d6ed5f1",
        note=_CT,
    ),
)
