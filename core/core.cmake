# assay_core: everything that needs neither Qt nor libtorch. Shared, because the programs and the engine must
# see one copy of it.
assay_sources(core_sources
  core/base core/data core/data/importers core/data/exporters core/text core/text/normalise core/text/split
  core/text/pieces core/text/jinja core/weights core/quality core/store core/corpus
  core/remote core/analysis core/advice core/job core/job/families
  core/models)
list(FILTER core_sources EXCLUDE REGEX "/spm_shim/")
add_library(assay_core SHARED ${core_sources})
target_link_libraries(assay_core
  PUBLIC assay_flags nlohmann_json::nlohmann_json tl::expected Threads::Threads
  PRIVATE OpenMP::OpenMP_CXX SQLiteCpp SQLite::SQLite3 simdjson::simdjson PkgConfig::PCRE2
    PkgConfig::UTF8PROC PkgConfig::XXHASH PkgConfig::DIVSUFSORT ${HTTPLIB_LIBRARIES} ${CRYPTO_LIBRARIES}
    spdlog::spdlog ${CMAKE_DL_LIBS})
if(ASSAY_PCH)
  target_precompile_headers(assay_core PRIVATE core/base/pch.h)
endif()
# Only this file sees the HTTP library, whose definitions are nobody else's.
set_source_files_properties(${CMAKE_SOURCE_DIR}/core/remote/http_get.cpp PROPERTIES
  COMPILE_OPTIONS "${HTTPLIB_CFLAGS}" SKIP_PRECOMPILE_HEADERS ON)
file(GLOB kernel_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/analysis/*_kernel.cpp)
set_source_files_properties(${kernel_sources} PROPERTIES
  # Without fused operations every instruction set gives the same scores, bit for bit.
  COMPILE_OPTIONS "${ASSAY_KERNEL_FLAGS};-ffp-contract=off" SKIP_PRECOMPILE_HEADERS ON)

# sentencepiece exports protobuf symbols that clash with libtorch's; it lives behind a C interface in a library
# of its own that core/text loads into a separate link namespace.
file(GLOB spm_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/text/spm_shim/*.cpp)
if(spm_sources)
  add_library(assay_spm SHARED ${spm_sources})
  target_link_libraries(assay_spm PRIVATE assay_flags PkgConfig::SENTENCEPIECE)
  # A sanitizer's runtime cannot start twice in a process, and this library brings its own C runtime.
  target_compile_options(assay_spm PRIVATE -fno-sanitize=all)
  target_link_options(assay_spm PRIVATE -fno-sanitize=all)
  add_dependencies(assay_core assay_spm)
endif()
