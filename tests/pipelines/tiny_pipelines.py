"""Pipelines with random weights, small enough to build and run in a test."""

from __future__ import annotations

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLLTX2Audio,
    AutoencoderKLLTX2Video,
    AutoencoderKLLTXVideo,
    AutoencoderKLWan,
    ControlNetModel,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    LTX2ConditionPipeline,
    LTX2VideoTransformer3DModel,
    LTXConditionPipeline,
    LTXVideoTransformer3DModel,
    StableDiffusionPipeline,
    UNet2DConditionModel,
    UniPCMultistepScheduler,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from diffusers.pipelines.ltx2 import LTX2TextConnectors
from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    Gemma3Config,
    Gemma3ForConditionalGeneration,
    Gemma3TextConfig,
    GemmaTokenizerFast,
    SiglipVisionConfig,
    T5Config,
    T5EncoderModel,
    T5TokenizerFast,
    UMT5Config,
    UMT5EncoderModel,
)

torch.set_num_threads(1)

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,.-"


def _words():
    special = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0)]
    letters = [(letter, -2.0) for letter in LETTERS]
    return T5TokenizerFast(vocab=special + letters, extra_ids=0)


def _small(config):
    return config(
        vocab_size=64,
        d_model=32,
        d_kv=8,
        d_ff=37,
        num_layers=2,
        num_heads=4,
        relative_attention_num_buckets=8,
    )


def save_vace(folder):
    torch.manual_seed(0)
    WanVACEPipeline(
        tokenizer=_words(),
        text_encoder=UMT5EncoderModel(_small(UMT5Config)),
        vae=AutoencoderKLWan(
            base_dim=3, z_dim=16, dim_mult=[1] * 4, num_res_blocks=1,
            temperal_downsample=[False, True, True],
        ),
        transformer=WanVACETransformer3DModel(
            patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12,
            in_channels=16, out_channels=16, text_dim=32, freq_dim=256, ffn_dim=32,
            num_layers=3, cross_attn_norm=True, qk_norm="rms_norm_across_heads",
            rope_max_seq_len=32, vace_layers=[0, 2], vace_in_channels=96,
        ),
        scheduler=UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
        ),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def save_ltx(folder):
    torch.manual_seed(0)
    LTXConditionPipeline(
        tokenizer=_words(),
        text_encoder=T5EncoderModel(_small(T5Config)),
        vae=AutoencoderKLLTXVideo(
            in_channels=3, out_channels=3, latent_channels=8,
            block_out_channels=(8,) * 4, decoder_block_out_channels=(8,) * 4,
            layers_per_block=(1,) * 5, decoder_layers_per_block=(1,) * 5,
            spatio_temporal_scaling=(True, True, True, False),
            decoder_spatio_temporal_scaling=(True, True, True, False),
            decoder_inject_noise=(False,) * 5, upsample_residual=(False,) * 4,
            upsample_factor=(1,) * 4, timestep_conditioning=False, patch_size=4,
            patch_size_t=1, encoder_causal=True, decoder_causal=False,
        ),
        transformer=LTXVideoTransformer3DModel(
            in_channels=8, out_channels=8, patch_size=1, patch_size_t=1,
            num_attention_heads=4, attention_head_dim=8, cross_attention_dim=32,
            num_layers=3, caption_channels=32,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def save_ltx2(folder):
    torch.manual_seed(0)
    LTX2ConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKLLTX2Video(
            latent_channels=4, block_out_channels=(8,) * 4,
            decoder_block_out_channels=(8,) * 3, layers_per_block=(1,) * 5,
            decoder_layers_per_block=(1,) * 4, upsample_residual=(False,) * 3,
            upsample_factor=(1,) * 3, spatial_compression_ratio=32,
            temporal_compression_ratio=8,
        ),
        audio_vae=AutoencoderKLLTX2Audio(
            base_channels=4, ch_mult=(1,), num_res_blocks=1, resolution=32,
            latent_channels=2, mel_bins=8, mid_block_add_attention=False,
        ),
        text_encoder=_gemma(),
        tokenizer=GemmaTokenizerFast(
            vocab={word: number for number, word in enumerate(_GEMMA_WORDS)}, merges=[]
        ),
        connectors=LTX2TextConnectors(
            caption_channels=16, text_proj_in_factor=2,
            connector_rope_base_seq_len=32, rope_theta=1e4,
            rope_double_precision=False, causal_temporal_positioning=False,
            rope_type="split", **_sound_and_sight("connector_num_attention_heads", 2),
            **_sound_and_sight("connector_attention_head_dim", 8),
            **_sound_and_sight("connector_num_layers", 1),
            **_sound_and_sight("connector_num_learnable_registers", None),
        ),
        transformer=LTX2VideoTransformer3DModel(
            in_channels=4, out_channels=4, num_attention_heads=2,
            attention_head_dim=8, cross_attention_dim=16, audio_in_channels=4,
            audio_out_channels=4, audio_num_attention_heads=2,
            audio_attention_head_dim=4, audio_cross_attention_dim=8, num_layers=3,
            caption_channels=16, rope_double_precision=False, rope_type="split",
        ),
        vocoder=LTX2Vocoder(
            in_channels=16, hidden_channels=16, upsample_kernel_sizes=[4, 4],
            upsample_factors=[2, 2], resnet_kernel_sizes=[3],
            resnet_dilations=[[1, 3, 5]], output_sampling_rate=16000,
        ),
    ).save_pretrained(folder)  # fmt: skip
    return folder


_GEMMA_WORDS = ("<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "▁", *LETTERS)


def _sound_and_sight(name, value):
    return {f"{stream}_{name}": value for stream in ("video", "audio")}


def _gemma():
    text = Gemma3TextConfig(
        vocab_size=64, hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, num_key_value_heads=1, head_dim=8,
        max_position_embeddings=2048,
    )  # fmt: skip
    sight = SiglipVisionConfig(
        hidden_size=8, intermediate_size=8, num_hidden_layers=1,
        num_attention_heads=1, image_size=16, patch_size=8,
    )  # fmt: skip
    return Gemma3ForConditionalGeneration(
        Gemma3Config(
            text_config=text, vision_config=sight, mm_tokens_per_image=4,
            boi_token_index=60, eoi_token_index=61, image_token_index=62,
        )
    )  # fmt: skip


def save_still(folder):
    """Save a text-to-image pipeline, as SD-Turbo comes."""
    torch.manual_seed(0)
    StableDiffusionPipeline(
        vae=AutoencoderKL(
            block_out_channels=[4] * 4, in_channels=3, out_channels=3,
            down_block_types=["DownEncoderBlock2D"] * 4,
            up_block_types=["UpDecoderBlock2D"] * 4, latent_channels=4,
            norm_num_groups=2,
        ),
        text_encoder=CLIPTextModel(CLIPTextConfig(
            bos_token_id=0, eos_token_id=1, hidden_size=32, intermediate_size=37,
            num_attention_heads=4, num_hidden_layers=2, pad_token_id=1, vocab_size=96,
        )),
        tokenizer=_clip_words(),
        unet=UNet2DConditionModel(
            block_out_channels=(4, 8), layers_per_block=1, sample_size=8,
            in_channels=4, out_channels=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=32, norm_num_groups=2, attention_head_dim=4,
        ),
        scheduler=EulerDiscreteScheduler(timestep_spacing="trailing", steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    ).save_pretrained(folder)  # fmt: skip
    return folder


def save_controlnet(folder):
    torch.manual_seed(1)
    net = ControlNetModel(
        block_out_channels=(4, 8), layers_per_block=1, in_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        cross_attention_dim=32, conditioning_embedding_out_channels=(2, 4, 4, 4),
        norm_num_groups=2, attention_head_dim=4,
    )  # fmt: skip
    # As built its last layers are zero, so that it would change nothing.
    with torch.no_grad():
        for layer in (*net.controlnet_down_blocks, net.controlnet_mid_block):
            layer.weight.normal_(std=0.5)
        net.controlnet_cond_embedding.conv_out.weight.normal_(std=0.5)
    net.save_pretrained(folder)
    return folder


def save_lora(folder):
    """Save a LoRA of the tiny VACE transformer, as lightx2v's come."""
    from safetensors.torch import save_file

    torch.manual_seed(2)
    weights = {}
    for block in range(3):
        for part in ("to_q", "to_k", "to_v"):
            name = f"transformer.blocks.{block}.attn1.{part}"
            weights[f"{name}.lora_A.weight"] = torch.randn(4, 24)
            weights[f"{name}.lora_B.weight"] = torch.randn(24, 4)
    file = folder / "tiny_lightx2v_4step.safetensors"
    save_file(weights, file)
    return file


def save_in_context_lora(folder):
    """Save an in-context LoRA of the tiny LTX-2, as Lightricks' depth control comes."""
    from safetensors.torch import save_file

    torch.manual_seed(3)
    weights = {}
    for part in ("to_q", "to_k", "to_v"):
        name = f"transformer.transformer_blocks.0.attn1.{part}"
        weights[f"{name}.lora_A.weight"] = torch.randn(4, 16)
        weights[f"{name}.lora_B.weight"] = torch.randn(16, 4)
    file = folder / "tiny-ic-lora-depth-control.safetensors"
    save_file(weights, file, metadata={"reference_downscale_factor": "2"})
    return file


def _clip_words():
    vocab = {"<|startoftext|>": 0, "<|endoftext|>": 1}
    for letter in LETTERS:
        vocab[letter] = len(vocab)
        vocab[f"{letter}</w>"] = len(vocab)
    return CLIPTokenizer(vocab=vocab, merges=[], model_max_length=77)
