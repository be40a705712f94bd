# Every tests/<area>/**/test_*.cpp is a program of its own; its area decides what it links. Nothing is compiled twice.
# Third-party material is found through ASSAY_TEST_DATA (default ../shared/data); tests on it skip where it is absent.

# Qt names the build folder to every test, for a function that none of ours calls: see test_paths.cpp below.
get_target_property(test_definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
list(FILTER test_definitions EXCLUDE REGEX "QT_TESTCASE_")
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${test_definitions}")

file(GLOB support_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
list(FILTER support_sources EXCLUDE REGEX "/(torch|ui)_pch.cpp$")
add_library(assay_test_support STATIC ${support_sources})
target_link_libraries(assay_test_support PUBLIC assay_core Qt6::Test)
# For the one file that asks: a folder in every command would keep working copies from sharing a compiler's cache.
set_source_files_properties(tests/support/test_paths.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON
  COMPILE_DEFINITIONS "ASSAY_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\";ASSAY_BINARY_DIR=\"${CMAKE_BINARY_DIR}\"")
if(ASSAY_PCH)
  target_precompile_headers(assay_test_support PRIVATE tests/support/pch.h)
endif()

# A precompiled header fits one set of definitions: tests of widgets and tests that use tensors have others,
# and so a header of their own each.
if(ASSAY_WINDOW)
  add_library(assay_ui_test_support STATIC tests/support/ui_pch.cpp)
  target_link_libraries(assay_ui_test_support PUBLIC assay_test_support assay_ui)
  if(ASSAY_PCH)
    target_precompile_headers(assay_ui_test_support PRIVATE tests/support/ui_pch.h)
  endif()
endif()
if(ASSAY_ENGINE)
  add_library(assay_torch_test_support STATIC tests/support/torch_pch.cpp)
  target_link_libraries(assay_torch_test_support PUBLIC assay_test_support assay_engine assay_torch)
  if(ASSAY_PCH)
    target_precompile_headers(assay_torch_test_support PRIVATE tests/support/torch_pch.h)
  endif()
endif()

function(assay_tests area support libraries)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${area}/test_*.cpp)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tests/moc/${area})
  foreach(source ${found})
    get_filename_component(name ${source} NAME_WE)
    set(target ${area}_${name})
    # By hand: AUTOMOC would compile one more, empty, file for every test.
    set(moc ${CMAKE_BINARY_DIR}/tests/moc/${area}/${name}.moc)
    add_custom_command(OUTPUT ${moc} COMMAND Qt6::moc -o ${moc} ${source} DEPENDS ${source} VERBATIM)
    set_source_files_properties(${moc} PROPERTIES HEADER_FILE_ONLY ON)
    add_executable(${target} ${source} ${moc})
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/tests/moc/${area})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${target} PRIVATE ${support} ${libraries})
    if(ASSAY_PCH)
      target_precompile_headers(${target} REUSE_FROM ${support})
    endif()
    add_test(NAME ${area}/${name} COMMAND ${target} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
    set_tests_properties(${area}/${name} PROPERTIES LABELS ${area} TIMEOUT 600 SKIP_RETURN_CODE 77
      ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_NUM_THREADS=2;OMP_WAIT_POLICY=passive;XDG_RUNTIME_DIR=${CMAKE_BINARY_DIR}")
  endforeach()
endfunction()

assay_tests(core assay_test_support "SQLiteCpp")
target_sources(core_test_fuzz_seeds PRIVATE tests/fuzz/weight_readers.cpp tests/fuzz/text_readers.cpp)
# The one test with a server of its own, on the loopback address.
target_link_libraries(core_test_hub_download PRIVATE ${HTTPLIB_LIBRARIES})
set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/core/remote/test_hub_download.cpp PROPERTIES
  COMPILE_OPTIONS "${HTTPLIB_CFLAGS}" SKIP_PRECOMPILE_HEADERS ON)
assay_tests(meta assay_test_support "")
assay_tests(e2e assay_test_support "")
assay_tests(demo assay_test_support assay_demo)
if(ASSAY_ENGINE)
  assay_tests(engine assay_test_support assay_engine) # the live session: no tensors
  foreach(area nn model train infer)
    assay_tests(${area} assay_torch_test_support "")
  endforeach()
endif()
if(ASSAY_WINDOW)
  assay_tests(ui assay_ui_test_support "")
endif()
