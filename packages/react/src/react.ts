/**
 * What the built package takes of React. Its modules import this file in React's place (see `tsup.config.ts`): in an app's
 * bundle there is one way to React then, instead of one for each module.
 */
export {
  createContext,
  forwardRef,
  useCallback,
  useContext,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
export { Fragment, jsx, jsxs } from "react/jsx-runtime";
