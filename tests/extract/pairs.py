"""Pairs of well-known names that are, and that are not, one thing: facts of the field."""

from __future__ import annotations

MUST_LINK = """
Method: Transformer | transformers
Method: vision transformers | Vision Transformer
Method: CNNs | convolutional neural networks
Method: AdaBoost | Adaboost
Method: XLNet | XLnet
Method: EfficientNet | Efficientnet
Method: BART | bart
Method: ResNet-101 | ResNet101
Method: Llama-3 | Llama 3
Method: LLaMA-65B | Llama 65b
Method: GPT-4o | GPT4o
Method: DALL-E | DALLE
Method: U-Net | UNet
Method: YOLO v5 | YOLOv5
Method: Mask R-CNN | Mask-RCNN
Method: multi-head attention | Multihead Attention
Method: pretraining | pre-training
Method: auto-encoders | autoencoder
Method: dropout | Dropout
Method: $\\beta$-VAE | β-VAE
Method: \\textsc{Longformer} | Longformer
Method: Poincaré embeddings | Poincare embeddings
Method: support vector machines | SVM
Method: RL | reinforcement learning
Method: GCNs | graph convolutional network
Method: HMM | hidden Markov models
Method: MCTS | Monte Carlo tree search
Method: PPO | Proximal Policy Optimization
Method: BPE | byte-pair encoding
Method: ViT | Vision Transformers
Method: Adam | Adam optimizer
Method: PyTorch | PyTorch library
Method: T5 | T5 model
Method: lifelong learning | continual learning
Method: optimisation | optimization
Method: tokenisers | tokenizer
Method: hypotheses | hypothesis
Method: adjacency matrices | adjacency matrix
Method: decision trees | Decision Tree
Method: deep neural nets | deep neural networks
Method: discriminator GAN | GAN discriminator
Method: transfomer encoder | transformer encoder
Method: generatve model | generative model
Method: mixture of Gaussians | Gaussian mixture
Method: multilingual LMs | multilingual language models
Method: kNN | k-nearest neighbors
Dataset: GLUE benchmark | GLUE
Dataset: Visual Genome dataset | Visual Genome
Dataset: MSCOCO | MS-COCO
Dataset: HotPotQA | HotpotQA
Dataset: Stanford Sentiment Treebank | SST
Dataset: SVHN data set | SVHN
Dataset: CIFAR 100 | CIFAR-100
Dataset: LibriSpeech corpus | Librispeech
Metric: BLEU score | BLEU
Metric: WER | word error rate
Metric: accuracies | accuracy
Metric: mAP | mean average precision
Metric: PSNR | peak signal-to-noise ratio
Metric: Fréchet inception distance | FID
Metric: F-measure | F1-score
Metric: recall@5 | Recall@5
Metric: colour error | color error
Task: NER | named entity recognition
Task: text summarisation | text summarization
Task: question-answering | question answering
Task: image captioning task | image captioning
Task: detecting fake news | fake news detection
Task: generation of captions | caption generation
Task: text2image generation | text-to-image generation
Task: video and text retrieval | video-text retrieval
Task: dialogue generation | dialog generation
Task: multi modal retrieval | multimodal retrieval
Task: anomaly dectection | anomaly detection
"""

CANNOT_LINK = """
Method: GPT-4 | GPT-4.1
Method: GPT-3.5 | GPT-4
Method: LLaMA | LLaMA-3
Method: Llama 2 7B | Llama 2 13B
Method: Llama 2 7B | Llama 27B
Method: Qwen2-7B | Qwen2.5-7B
Method: Gemini 1.5 | Gemini 2.0
Method: Claude 3 | Claude 3.5
Method: Phi-2 | Phi-3
Method: DeepSeek-V2 | DeepSeek-V3
Method: ResNet-50 | ResNet-152
Method: VGG-16 | VGG-19
Method: EfficientNet-B0 | EfficientNet-B7
Method: YOLOv3 | YOLOv4
Method: MobileNetV2 | MobileNetV3
Method: DINO | DINOv2
Method: SAM | SAM 2
Method: StyleGAN | StyleGAN2
Method: word2vec | node2vec
Method: ViT-B/32 | ViT-L/32
Method: ViT-L/14 | ViT-L/16
Method: Swin-T | Swin-B
Method: BERT-base | BERT-large
Method: T5-small | T5-base
Method: T5 | mT5
Method: T5 | Flan-T5
Method: BERT | ALBERT
Method: BERT | DistilBERT
Method: BERT | mBERT
Method: RoBERTa | XLM-RoBERTa
Method: BART | mBART
Method: GAN | StyleGAN
Method: VAE | CVAE
Method: LoRA | DoRA
Method: LoRA | AdaLoRA
Method: CLIP | OpenCLIP
Method: CLIP | CLIP vision tower
Method: DETR | Deformable DETR
Method: R-CNN | Faster R-CNN
Method: Adam | AdamW
Method: Adam | Nadam
Method: ReLU | GELU
Method: LSTM | BiLSTM
Method: GRU | GLU
Method: GCN | GAN
Method: DPO | IPO
Method: DDPM | DDIM
Method: MCMC | MCTS
Method: Linformer | Informer
Method: Conformer | Uniformer
Method: C | C++
Method: A* | A
Method: UNet | UNet++
Method: GENIE | Genie 2
Method: supervised learning | unsupervised learning
Method: self-supervised learning | semi-supervised learning
Method: encoder | decoder
Method: image encoder | image decoder
Method: forward diffusion | backward diffusion
Method: local attention | global attention
Method: hard negatives | hard positives
Method: convex optimization | non-convex optimization
Method: online learning | offline learning
Method: on-policy learning | off-policy learning
Method: generative model | discriminative model
Method: autoregressive model | non-autoregressive model
Method: linear classifier | nonlinear classifier
Method: dense attention | sparse attention
Method: inductive learning | transductive learning
Method: homogeneous graph | heterogeneous graph
Method: directed graph | undirected graph
Method: diffusion model | latent diffusion model
Method: language model | visual language model
Method: attention | linear attention
Method: transformer | graph transformer
Method: reinforcement learning | inverse reinforcement learning
Method: Bayesian network | Bayesian neural network
Method: max pooling | mean pooling
Method: upsampling | downsampling
Method: L0 regularization | L1 regularization
Method: 2D convolution | 3D convolution
Method: one-hot encoding | two-hot encoding
Method: learning model | model learning
Method: editing model | model editing
Method: KERNel | kernel
Method: MERGE | merge
Dataset: CIFAR-10 | CIFAR-100
Dataset: MNIST | EMNIST
Dataset: MNIST | Fashion-MNIST
Dataset: ImageNet | ImageNet-C
Dataset: ImageNet-C | ImageNet-R
Dataset: COCO | LVIS
Dataset: COCO | COCO Captions
Dataset: MATH | MATH-500
Dataset: GSM8K | GSM1K
Dataset: MMLU | MMMU
Dataset: MMLU | MMLU-Pro
Dataset: SQuAD 1.1 | SQuAD 2.0
Dataset: WMT14 | WMT16
Dataset: SemEval-2014 | SemEval-2016
Dataset: Kinetics-600 | Kinetics-700
Dataset: GLUE | SuperGLUE
Dataset: HumanEval | HumanEval+
Dataset: LAION-400M | LAION-5B
Dataset: AIME 2024 | AIME 2025
Dataset: NYU Depth V1 | NYU Depth V2
Dataset: question answering dataset | question answering benchmark
Metric: BLEU-2 | BLEU-3
Metric: ROUGE-2 | ROUGE-L
Metric: top-1 accuracy | top-5 accuracy
Metric: F1 | F2
Metric: recall@5 | recall@20
Metric: macro precision | micro precision
Metric: accuracy | balanced accuracy
Metric: precision | average precision
Metric: MSE | RMSE
Metric: MAE | MAPE
Metric: true positive rate | false positive rate
Metric: PSNR | SNR
Metric: train loss | test loss
Task: image-to-text generation | text-to-image generation
Task: text-to-speech | speech-to-text
Task: machine translation | speech translation
Task: object detection | 3D object detection
Task: object detection | object tracking
Task: segmentation | instance segmentation
Task: instance segmentation | semantic segmentation
Task: zero-shot retrieval | few-shot retrieval
Task: one-shot learning | few-shot learning
Task: monolingual retrieval | multilingual retrieval
Task: single-view reconstruction | multi-view reconstruction
Task: extractive summarization | abstractive summarization
Task: open-domain question answering | closed-domain question answering
Task: node classification | graph classification
Task: named entity recognition | nested named entity recognition
Task: face detection | fact detection
"""


def read(pairs: str) -> list[tuple[str, str, str]]:
    """The lines as (type, one name, other name)."""
    return [
        (line.split(": ", 1)[0], *_two(line.split(": ", 1)[1]))
        for line in pairs.strip().split("\n")
    ]


def _two(names: str) -> tuple[str, str]:
    first, second = names.split(" | ")
    return first, second
