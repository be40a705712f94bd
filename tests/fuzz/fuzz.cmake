# Programs that feed the readers of foreign files with bytes that a fuzzer makes up (clang only). The readers and
# what they need are compiled once more, watched by the fuzzer and the sanitizers; nothing else is.
set(fuzz_flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)

function(assay_fuzz_library name)
  add_library(${name} STATIC ${ARGN})
  target_compile_options(${name} PUBLIC ${fuzz_flags})
  target_link_libraries(${name} PUBLIC assay_flags nlohmann_json::nlohmann_json tl::expected Threads::Threads
    PRIVATE simdjson::simdjson PkgConfig::PCRE2 PkgConfig::UTF8PROC PkgConfig::XXHASH ${CMAKE_DL_LIBS})
  target_precompile_headers(${name} PRIVATE core/base/pch.h)
endfunction()

assay_sources(weight_sources core/base core/weights)
assay_fuzz_library(assay_fuzz_weights ${weight_sources} tests/fuzz/weight_readers.cpp)
assay_sources(text_sources core/data core/data/importers core/text core/text/normalise core/text/split
  core/text/pieces core/text/jinja core/models core/job/families)
file(GLOB job_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/job/model_*.cpp
  ${CMAKE_SOURCE_DIR}/core/job/rope.cpp ${CMAKE_SOURCE_DIR}/core/job/protobuf_wire.cpp)
assay_fuzz_library(assay_fuzz_text ${text_sources} ${job_sources} tests/fuzz/text_readers.cpp)
target_link_libraries(assay_fuzz_text PRIVATE assay_fuzz_weights)
add_dependencies(assay_fuzz_text assay_spm)

function(assay_fuzzer library find)
  foreach(reader ${ARGN})
    add_executable(fuzz_${reader} tests/fuzz/fuzz_main.cpp)
    target_compile_definitions(fuzz_${reader} PRIVATE ASSAY_FUZZ_READER="${reader}" ASSAY_FUZZ_FIND=${find})
    target_link_libraries(fuzz_${reader} PRIVATE ${library})
    target_link_options(fuzz_${reader} PRIVATE -fsanitize=fuzzer,address,undefined)
  endforeach()
endfunction()
assay_fuzzer(assay_fuzz_weights weightReader safetensors pytorch gguf weights)
assay_fuzzer(assay_fuzz_text textReader tokenizer_json sentencepiece chat_template jsonl gguf_model)
