# Programs that feed the readers of foreign files with bytes that a fuzzer makes up (clang only). The readers and
# what they need are compiled once more, watched by the fuzzer and the sanitizers; nothing else is.
set(fuzz_flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
assay_sources(fuzz_sources core/base core/data core/data/importers core/text core/text/normalise core/text/split
  core/text/pieces core/text/jinja core/weights core/models core/job/families)
file(GLOB fuzz_job_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/job/model_*.cpp
  ${CMAKE_SOURCE_DIR}/core/job/rope.cpp ${CMAKE_SOURCE_DIR}/core/job/protobuf_wire.cpp)
add_library(assay_fuzz_core STATIC ${fuzz_sources} ${fuzz_job_sources} tests/fuzz/readers.cpp)
target_compile_options(assay_fuzz_core PUBLIC ${fuzz_flags})
target_link_libraries(assay_fuzz_core
  PUBLIC assay_flags nlohmann_json::nlohmann_json tl::expected Threads::Threads
  PRIVATE simdjson::simdjson PkgConfig::PCRE2 PkgConfig::UTF8PROC PkgConfig::XXHASH ${CMAKE_DL_LIBS})
add_dependencies(assay_fuzz_core assay_spm)
target_precompile_headers(assay_fuzz_core PRIVATE core/base/pch.h)
foreach(reader safetensors pytorch gguf weights tokenizer_json sentencepiece chat_template jsonl)
  add_executable(fuzz_${reader} tests/fuzz/fuzz_main.cpp)
  target_compile_definitions(fuzz_${reader} PRIVATE ASSAY_FUZZ_READER="${reader}")
  target_link_libraries(fuzz_${reader} PRIVATE assay_fuzz_core)
  target_link_options(fuzz_${reader} PRIVATE -fsanitize=fuzzer,address,undefined)
  list(APPEND fuzz_programs fuzz_${reader})
endforeach()
add_custom_target(fuzz_programs DEPENDS ${fuzz_programs})
